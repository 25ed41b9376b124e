import { useAct } from '../../../api/query'

export const useCheck = () => useAct('desk.check', [])
