import { useRead } from '../../../api/query'
import type { Input } from '../../../api/types'

/** Others publish, too: the list looks again by itself. */
export const useNotices = (input: Input<'notices.deskList'>) =>
  useRead('notices.deskList', input, { keepOld: true, refetchMs: 15_000 })
