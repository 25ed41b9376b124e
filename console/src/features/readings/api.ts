import { useAct, useRead } from '../../api/query'
import type { Input, Output } from '../../api/types'

export type DeskReading = Output<'readingDesk.list'>['items'][number]
export type ReadingDetail = Output<'readingDesk.get'>
export type ReadingReport = Output<'readingDesk.report'>

const touched = ['readingDesk.list', 'readingDesk.get', 'readingDesk.report'] as const

export const useReadings = (input: Input<'readingDesk.list'> | null) =>
  useRead('readingDesk.list', input, { refetchMs: 30_000, keepOld: true })

export const useReading = (readingId: string) => useRead('readingDesk.get', { readingId })

export const useReport = (input: Input<'readingDesk.report'> | null) =>
  useRead('readingDesk.report', input, { refetchMs: 60_000, keepOld: true })

export const useDecide = () => useAct('readingDesk.decide', touched)
