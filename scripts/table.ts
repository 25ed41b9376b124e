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

/** Rows under one another, columns aligned; a row of one cell is a heading over all columns. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.filter((row) => row.length > 1)
  const widths: number[] = []
  for (const row of cells) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))
    })
  }
  const lines = rows.map((row) => {
    if (row.length === 1) return row[0] ?? ''
    const padded = row.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
    return `  ${padded.join('   ')}`.trimEnd()
  })
  return `${lines.join('\n')}\n`
}
