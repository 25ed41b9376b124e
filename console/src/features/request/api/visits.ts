import { useAct, useRead } from '../../../api/query'
import type { Input } from '../../../api/types'

/** Free times; asked again every half minute, because others book while one talks. */
export const useVisitSlots = (input: Input<'desk.slots'>) =>
  useRead('desk.slots', input, { refetchMs: 30_000, keepOld: true })

export const useHoldVisit = () => useAct('desk.holdVisit', ['desk.slots'])
export const useBookVisit = () => useAct('desk.bookVisit', ['desk.slots', 'desk.list'])
export const useCancelVisit = () => useAct('desk.cancelVisit', ['desk.slots', 'desk.list'])
