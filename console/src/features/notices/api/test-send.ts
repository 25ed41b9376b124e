import { useAct, useRead } from '../../../api/query'

export const useTestSend = () => useAct('notices.testSend', [])

/** Colleagues who may get a test; only for those who may see the list of people. */
export const useColleagues = (may: boolean) => useRead('staff.list', may ? { limit: 50 } : null)
