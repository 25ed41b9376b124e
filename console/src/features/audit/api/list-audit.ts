import { useRead } from '../../../api/query'
import type { Input } from '../../../api/types'

export const useAudit = (input: Input<'audit.list'>) => useRead('audit.list', input, { keepOld: true })
