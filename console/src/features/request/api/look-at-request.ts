import { useEffect } from 'react'
import { read } from '../../../api/client'
import { useRead } from '../../../api/query'
import type { DeskRequest } from '../../../api/types'

/** The server forgets a look after thirty seconds; saying it more often also tells sooner who else has come. */
const sayAgainMs = 10_000

/** Tells colleagues that I have this request open, and that I have left it; answers who else has. */
export function useLooking(requestId: string, may: boolean): DeskRequest['lookers'] {
  const look = useRead('desk.look', may ? { requestId, looking: 'yes' } : null, { refetchMs: sayAgainMs })
  useEffect(() => {
    if (!may) return
    return () => {
      // Only a courtesy: when it fails, the look is forgotten by itself.
      read('desk.look', { requestId, looking: 'no' }).catch(() => undefined)
    }
  }, [requestId, may])
  return look.data?.lookers ?? []
}
