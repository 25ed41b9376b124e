const LETTERS = 8

/** The short number that is printed under a code: enough for support to find it, and no way to open it. */
export function codeNumber(publicId: string): string {
  const letters = publicId.slice(0, LETTERS).toUpperCase()
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** The beginning of the public id that somebody reads out or types; null for what is no such number. */
export function readCodeNumber(text: string): string | null {
  const letters = text.replace(/[\s-]/g, '').toLowerCase()
  return /^[0-9a-f]{8}$/.test(letters) ? letters : null
}
