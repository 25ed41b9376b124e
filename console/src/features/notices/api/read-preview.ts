import { useAct, useRead } from '../../../api/query'

/** Asks for a count; the answer comes with the next look. */
export const usePreview = () => useAct('notices.preview', [])

/** Looked at every second while it counts. */
export const useCounted = (of: { readonly noticeId: string; readonly revision: number } | null) =>
  useRead('notices.readPreview', of, {
    refetchMs: (data) => (data?.preview.state === 'counting' ? 1_000 : false),
  })
