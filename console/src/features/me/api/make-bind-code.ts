import { useAct } from '../../../api/query'

export const useMakeBindCode = () => useAct('staff.makeBindCode', [])
