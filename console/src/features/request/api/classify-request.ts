import { useAct } from '../../../api/query'

export const useClassify = () => useAct('desk.classify', ['desk.list'])
