/**
 * Words of a resident as a list shows them: numbers that could be a telephone, an account or an identity document
 * keep their first three digits. Groups with blanks or dashes between them count as one number.
 */
export function hush(words: string): string {
  return words.replace(/\d(?:[ -]?\d){6,}[\dXx]?/g, (number) => {
    const digits = number.replace(/[ -]/g, '')
    return digits.slice(0, 3) + '*'.repeat(digits.length - 3)
  })
}

/** The first forty characters, on one line. */
export function excerptOf(words: string): string {
  const line = Array.from(hush(words).replace(/\s+/g, ' ').trim())
  return line.length <= 40 ? line.join('') : `${line.slice(0, 39).join('')}…`
}
