/** Columns that a person may show; the number always stands first, because it opens the request. */
export const allColumns = [
  'clock',
  'state',
  'type',
  'excerpt',
  'marks',
  'area',
  'address',
  'team',
  'assignee',
  'createdAt',
  'updatedAt',
  'company',
  'priority',
] as const
export type ColumnName = (typeof allColumns)[number]

const usual: readonly ColumnName[] = [
  'clock',
  'state',
  'type',
  'excerpt',
  'marks',
  'area',
  'assignee',
  'createdAt',
]

/** What was remembered, without columns that no longer exist; the usual ones when nothing was. */
export function columnsFrom(remembered: string | null): readonly ColumnName[] {
  if (remembered === null) return usual
  const wanted = remembered.split(',')
  const known = allColumns.filter((name) => wanted.includes(name))
  return known.length === 0 ? usual : known
}
