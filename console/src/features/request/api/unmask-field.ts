import { useAct } from '../../../api/query'

export const useUnmask = () => useAct('desk.unmask', [])
