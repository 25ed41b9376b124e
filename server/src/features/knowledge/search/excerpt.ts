const LENGTH = 72
const BEFORE = 14

/** Markdown as plain words on one line. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}|[-*+]|>|\d{1,3}\.)[ \t]+/gm, '')
    .replace(/[*_`|]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The piece of an article around the first word that was met; its beginning where none stands in it. */
export function excerptOf(body: string, words: readonly string[]): string {
  const text = plainText(body)
  const folded = text.toLowerCase()
  const places = words.map((word) => folded.indexOf(word)).filter((place) => place >= 0)
  const first = places.length === 0 ? 0 : Math.min(...places)
  const from = first <= BEFORE ? 0 : first - BEFORE
  const piece = Array.from(text.slice(from)).slice(0, LENGTH).join('')
  return `${from > 0 ? '…' : ''}${piece}${from + piece.length < text.length ? '…' : ''}`
}
