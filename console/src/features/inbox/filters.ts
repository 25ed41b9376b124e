import type { Input } from '../../api/types'

export type ListInput = Input<'desk.list'>

/** Every filter that stands in the address; nothing else of the address is a filter. */
const names = [
  'companyId',
  'states',
  'class',
  'typeId',
  'teamId',
  'assigneeId',
  'areaId',
  'noticeId',
  'due',
  'q',
  'from',
  'to',
] as const
export type FilterName = (typeof names)[number] | 'tab' | 'sort'

export const tabs = ['mine', 'team', 'all'] as const
export const classes = ['complaint', 'repair', 'service', 'other'] as const
export const dues = ['overdue', 'warning', 'escalated', 'urged', 'words'] as const
export const sorts = ['due', 'newest', 'updated'] as const
export const pageSize = 30

const oneOf = <T extends string>(value: string | null, all: readonly T[]): T | undefined =>
  all.find((one) => one === value)

/** What the address says, as the server asks for it. What it cannot mean is left out, so that old links open. */
export function inputFrom(params: URLSearchParams): ListInput {
  const text = (name: string): string | undefined => params.get(name)?.trim() || undefined
  const instant = (name: string): number | undefined => {
    const value = Number(params.get(name) ?? '')
    return params.get(name) && Number.isSafeInteger(value) && value >= 0 ? value : undefined
  }
  const found = {
    companyId: text('companyId'),
    // Without a choice, only what is still to be done.
    states: text('states') ?? (text('q') === undefined ? 'open' : undefined),
    class: oneOf(params.get('class'), classes),
    typeId: text('typeId'),
    teamId: text('teamId'),
    assigneeId: text('assigneeId'),
    areaId: text('areaId'),
    noticeId: text('noticeId'),
    due: oneOf(params.get('due'), dues),
    q: text('q')?.slice(0, 40),
    from: instant('from'),
    to: instant('to'),
    cursor: text('cursor'),
  }
  return {
    tab: oneOf(params.get('tab'), tabs) ?? 'all',
    sort: oneOf(params.get('sort'), sorts) ?? 'due',
    limit: pageSize,
    ...Object.fromEntries(
      Object.entries(found).filter(
        ([name, value]) => value !== undefined && !(name === 'states' && value === 'all'),
      ),
    ),
  }
}

/** The same address with one filter changed; the page begins anew, because the old cursor belongs to another list. */
export function withFilter(params: URLSearchParams, name: FilterName, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params)
  if (value === null || value === '') next.delete(name)
  else next.set(name, value)
  // Type, team and area are one company's own.
  if (name === 'companyId') for (const own of ['typeId', 'teamId', 'areaId']) next.delete(own)
  next.delete('cursor')
  next.delete('trail')
  return next
}

/** Only tab and order stay. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams()
  for (const name of ['tab', 'sort']) {
    const value = params.get(name)
    if (value !== null) next.set(name, value)
  }
  return next
}

/** What a saved view or an export keeps: filters, tab and order, in a fixed order, without the page. */
export function queryToKeep(params: URLSearchParams): string {
  const kept = new URLSearchParams()
  for (const name of ['tab', ...names, 'sort']) {
    const value = params.get(name)
    if (value !== null && value !== '') kept.set(name, value)
  }
  return kept.toString()
}

export const countFilters = (params: URLSearchParams): number =>
  names.filter((name) => (params.get(name) ?? '') !== '').length
