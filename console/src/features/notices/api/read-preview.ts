import { useAct, useRead } from '../../../api/query'
import type { NoticeRow } from '../../../api/types'

/** Asks for a count; the answer comes with the next look. */
export const usePreview = () => useAct('notices.preview', [])

/** Looked at every second while it counts. */
export const useCounted = (of: { readonly noticeId: string; readonly revision: number } | null) =>
  useRead('notices.readPreview', of, {
    refetchMs: (data) => (data?.preview.state === 'counting' ? 1_000 : false),
  })

/** What a notice that was handed in reaches: its maker counted it just before, and handing in is one revision. */
export const countedOf = ({ id, state, revision }: Pick<NoticeRow, 'id' | 'state' | 'revision'>) =>
  state === 'waiting' || state === 'scheduled' ? { noticeId: id, revision: revision - 1 } : null
