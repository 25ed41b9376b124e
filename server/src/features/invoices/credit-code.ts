/** GB 32100-2015, 4.2: digits and letters without I, O, S, V and Z, in the order of their values. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Of each of the first 17 places: powers of 3 modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Whether the last of 18 characters is what the others make it (统一社会信用代码). */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false
  const values = [...text].map((letter) => ALPHABET.indexOf(letter))
  if (values.includes(-1)) return false
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * (values[place] ?? 0), 0)
  return (31 - (sum % 31)) % 31 === values[17]
}

/** A taxpayer's number: a credit code, or an older one of 15 or 20 characters, which carries no check. */
export function isTaxNo(text: string): boolean {
  return text.length === 18 ? isCreditCode(text) : /^(?:[0-9A-Z]{15}|[0-9A-Z]{20})$/.test(text)
}
