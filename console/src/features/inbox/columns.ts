import type { Choosable } from '../../kit/columns'

/** Columns of the list, in the table's order; the number opens the request, and the last ones are rarely wanted. */
export const allColumns = [
  { key: 'number', always: true },
  { key: 'clock' },
  { key: 'state' },
  { key: 'type' },
  { key: 'excerpt' },
  { key: 'marks' },
  { key: 'area' },
  { key: 'address', extra: true },
  { key: 'team', extra: true },
  { key: 'assignee' },
  { key: 'createdAt' },
  { key: 'updatedAt', extra: true },
  { key: 'company', extra: true },
  { key: 'priority', extra: true },
] as const satisfies readonly Choosable[]

export type ColumnName = (typeof allColumns)[number]['key']
