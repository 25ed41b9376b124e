import { useRead } from '../../../api/query'

/** What is over does not change by itself any more. */
export const useNotice = (noticeId: string | null) =>
  useRead('notices.deskGet', noticeId === null ? null : { noticeId }, {
    refetchMs: (data) =>
      data !== undefined && ['waiting', 'scheduled', 'live', 'restored'].includes(data.notice.state)
        ? 10_000
        : false,
  })
