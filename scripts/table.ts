/** How many columns a terminal gives to a text: Chinese characters and full-width signs take two. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) {
    width +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1
  }
  return width
}

/** Rows under one another, columns aligned; a row of one cell is a heading, and the columns below it are its own. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const groups: string[][][] = [[]]
  for (const row of rows) {
    if (row.length === 1) groups.push([])
    groups.at(-1)?.push([...row])
  }
  return groups.map(formatGroup).join('')
}

function formatGroup(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows.filter((row) => row.length > 1)) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))
    })
  }
  const lines = rows.map((row) => {
    if (row.length === 1) return row[0] ?? ''
    const padded = row.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
    return `  ${padded.join('   ')}`.trimEnd()
  })
  return lines.map((line) => `${line}\n`).join('')
}
