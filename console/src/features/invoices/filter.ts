import type { Input } from '../../api/types'

export const tabs = ['trouble', 'issuing', 'issued', 'cancelled', 'all'] as const
type Filter = Omit<Input<'invoiceDesk.list'>, 'cursor' | 'limit' | 'tab'> & { tab: (typeof tabs)[number] }

const day = /^\d{4}-\d{2}-\d{2}$/

/** What the address asks for; what is not whole yet is left out rather than refused. */
export function filterFrom(params: URLSearchParams): Filter {
  const given = (name: string, pattern: RegExp): string | null => {
    const value = params.get(name)
    return value !== null && pattern.test(value) ? value : null
  }
  const companyId = given('companyId', /./)
  const invoiceNo = given('invoiceNo', /^\d{20}$/)
  const from = given('from', day)
  const to = given('to', day)
  return {
    // A whole number is looked for everywhere.
    tab: invoiceNo !== null ? 'all' : (tabs.find((one) => one === params.get('tab')) ?? 'trouble'),
    ...(companyId !== null && { companyId }),
    ...(invoiceNo !== null && { invoiceNo }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
  }
}

/** Another filter begins at the first page; an empty value takes its name off the address. */
export function withFilter(params: URLSearchParams, part: Readonly<Record<string, string>>): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete('cursor')
  next.delete('trail')
  for (const [name, value] of Object.entries(part)) {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  return next
}
