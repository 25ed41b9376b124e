import { useAct } from '../../../api/query'

export const useRecall = () =>
  useAct('dispatch.recall', ['desk.get', 'desk.list', 'dispatch.offers', 'dispatch.suggest'])
