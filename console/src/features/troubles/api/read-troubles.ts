import { useRead } from '../../../api/query'
import type { Input } from '../../../api/types'

export const useTroubles = (input: Input<'troubles.list'>) =>
  useRead('troubles.list', input, { keepOld: true })

export const useTroubleCounts = () => useRead('troubles.counts', {}, { refetchMs: 30_000 })
