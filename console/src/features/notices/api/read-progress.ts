import { useRead } from '../../../api/query'

/** Every second and a half while it moves; now and then afterwards, for what platforms report later. */
export const useProgress = (noticeId: string, told: boolean) =>
  useRead('notices.progress', told ? { noticeId } : null, {
    refetchMs: (data) => {
      const { state, waiting = 0 } = data?.progress ?? {}
      // After a stop what was waiting is cancelled row by row.
      const moves = state === 'spreading' || state === 'sending' || (state === 'stopped' && waiting > 0)
      return moves ? 1_500 : 20_000
    },
  })
