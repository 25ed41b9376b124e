/** The first `limit` characters, never half of a letter outside the basic plane: columns have an end, exports do not. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  return Array.from(text).slice(0, limit).join('')
}
