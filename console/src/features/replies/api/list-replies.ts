import { useRead } from '../../../api/query'

/** All templates that I may use. */
export const useReplies = () => useRead('replies.list', {})

/** Those for one request, filled in from it. */
export const useRepliesFor = (requestId: string | null) =>
  useRead('replies.list', requestId === null ? null : { requestId })
