import { useRead } from '../../../api/query'

/** Every second and a half while it runs; now and then afterwards, for what platforms report later. */
export const useProgress = (noticeId: string, told: boolean) =>
  useRead('notices.progress', told ? { noticeId } : null, {
    refetchMs: (data) => {
      const state = data?.progress?.state
      return state === 'spreading' || state === 'sending' ? 1_500 : 20_000
    },
  })
