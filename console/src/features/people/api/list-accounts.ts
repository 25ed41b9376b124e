import { useRead } from '../../../api/query'
import type { Input } from '../../../api/types'

export const useAccounts = (input: Input<'staff.list'>) => useRead('staff.list', input, { keepOld: true })
