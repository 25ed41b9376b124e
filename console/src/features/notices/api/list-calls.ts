import { useAct, useRead } from '../../../api/query'

export const useCalls = (noticeId: string, cursor: string | null) =>
  useRead('notices.calls', { noticeId, limit: 20, ...(cursor !== null && { cursor }) }, { keepOld: true })

export const useTickCall = () => useAct('notices.tickCall', ['notices.calls'])

/** The whole number; each look counts. */
export const useShowPhone = () => useAct('desk.showCallPhone', [])
