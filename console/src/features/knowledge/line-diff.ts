/** One line of two texts beside each other. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Longer texts than this are shown as wholly removed and added: the table would be too large to make in a page. */
const mostLines = 2_000

/** What was removed from one text and added to another, line by line, by the longest common subsequence. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const removed = (): DiffLine[] => old.map((text) => ({ kind: 'removed', text }))
  const added = (): DiffLine[] => now.map((text) => ({ kind: 'added', text }))
  if (old.length > mostLines || now.length > mostLines) return [...removed(), ...added()]
  const width = now.length + 1
  const common = new Uint16Array((old.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]]
    if (was !== undefined && was === is) {
      lines.push({ kind: 'same', text: was })
      i++
      j++
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: was })
      i++
    } else if (is !== undefined) {
      lines.push({ kind: 'added', text: is })
      j++
    }
  }
  return lines
}
