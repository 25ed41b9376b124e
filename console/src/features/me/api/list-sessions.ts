import { useRead } from '../../../api/query'

export const useSessions = () => useRead('staff.sessions', {})
