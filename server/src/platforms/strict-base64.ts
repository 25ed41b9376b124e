/**
 * Node's decoder skips what it does not know, so that two texts decode to the same bytes. Signatures and
 * ciphertexts are taken only in their one canonical form; anything else is null.
 */
export function strictBase64(text: string): Buffer | null {
  if (text.length === 0 || text.length % 4 !== 0) return null
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
