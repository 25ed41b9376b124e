/** What opens in a spreadsheet as Chinese text in UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

/**
 * One cell. A spreadsheet takes what begins with one of these signs for a formula and runs it; an apostrophe in front
 * makes it text (security.md 1.2.10). The wide forms count too, because some programs read them as the narrow ones.
 */
export function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = /^[\s]*[=+\-@\t\r\n|%＝＋－＠]/.test(text) && typeof value !== 'number' ? `'${text}` : text
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
