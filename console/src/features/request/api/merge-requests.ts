import { useAct } from '../../../api/query'

export const useMerge = () => useAct('desk.merge', ['desk.list', 'desk.counts'])
