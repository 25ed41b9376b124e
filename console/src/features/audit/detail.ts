/** One fact of an audit row as people read it: what is not there is a dash, lists stand in a row. */
function factOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (Array.isArray(value)) return value.map(factOf).join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The facts that the server kept beside an act, one after the other; text that is no JSON object stays as it is. */
export function detailWords(detail: string | null): string {
  if (detail === null) return '—'
  try {
    const facts: unknown = JSON.parse(detail)
    if (typeof facts !== 'object' || facts === null) return detail
    return Object.entries(facts)
      .map(([name, value]) => `${name}: ${factOf(value)}`)
      .join('；')
  } catch {
    return detail
  }
}
