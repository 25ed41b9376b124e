import { useAct } from '../../../api/query'

export const useAssign = () =>
  useAct('dispatch.assign', [
    'desk.get',
    'desk.list',
    'desk.counts',
    'dispatch.offers',
    'dispatch.suggest',
    'map.read',
  ])
