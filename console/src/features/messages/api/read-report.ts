import { useAct, useRead } from '../../../api/query'
import type { Input } from '../../../api/types'

export const useReport = (input: Input<'messages.report'> | null) =>
  useRead('messages.report', input, { keepOld: true, refetchMs: 30_000 })

export const useResume = () => useAct('messages.resume', ['messages.report'])
