import { useAct } from '../../../api/query'

export const useEndSession = () => useAct('staff.endSession', ['staff.sessions'])
