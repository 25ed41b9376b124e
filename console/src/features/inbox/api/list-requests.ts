import { useRead } from '../../../api/query'
import type { ListInput } from '../filters'

/** One page of the inbox; the old page stays on the screen while the next one comes. */
export const useRequestList = (input: ListInput) => useRead('desk.list', input, { keepOld: true })
