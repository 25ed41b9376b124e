/** What is needed of a keyboard event to know what it means; no browser needed. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** Whether the person is writing somewhere, or a dialog is open. */
  readonly busy: boolean
}

/** Which of the offered keys was pressed; null while somebody writes, and with any modifier. */
export function keyOf(press: Press, offered: readonly string[]): string | null {
  if (press.busy || press.ctrlKey || press.metaKey || press.altKey) return null
  const wanted = press.key.length === 1 ? press.key.toLowerCase() : press.key
  return offered.includes(wanted) ? wanted : null
}

/** The row that `j` and `k` lead to: it stops at both ends. */
export function stepIn(ids: readonly string[], current: string | null, by: 1 | -1): string | null {
  if (ids.length === 0) return null
  const at = current === null ? -1 : ids.indexOf(current)
  if (at < 0) return ids[0] ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))] ?? null
}
