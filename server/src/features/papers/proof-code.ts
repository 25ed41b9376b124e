/**
 * The code of a proof: fifteen random characters (75 bits, so nobody finds one by trying) and one that checks them.
 * Crockford's 32 characters leave out I, L, O and U, which people misread.
 */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const RANDOM = 15

/** `hex` is at least as many random bytes as the code has random characters. */
export function proofCodeFrom(hex: string): string {
  const bytes = Buffer.from(hex, 'hex').subarray(0, RANDOM)
  if (bytes.length < RANDOM) throw new Error('A code needs more random bytes.')
  const body = [...bytes].map((byte) => LETTERS.charAt(byte % 32)).join('')
  return body + checkOf(body)
}

export const PROOF_CODE_BYTES = RANDOM

/** The code in what somebody typed, however they wrote it; null where a character is wrong or missing. */
export function readProofCode(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s—–_-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (code.length !== RANDOM + 1 || [...code].some((letter) => !LETTERS.includes(letter))) return null
  return checkOf(code.slice(0, RANDOM)) === code.slice(RANDOM) ? code : null
}

/** `7K2M9QTX…` → `7K2M-9QTX-…`. */
export const shownProofCode = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? code

/** Luhn's sum in base 32: it finds every wrong character, and nearly every swap of two neighbours. */
function checkOf(body: string): string {
  let sum = 0
  for (const [index, letter] of [...body].entries()) {
    const value = LETTERS.indexOf(letter)
    const weighed = (body.length - index) % 2 === 1 ? value * 2 : value
    sum += Math.floor(weighed / 32) + (weighed % 32)
  }
  return LETTERS.charAt((32 - (sum % 32)) % 32)
}
