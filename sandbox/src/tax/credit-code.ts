/** GB 32100-2015: 17 characters without I, O, S, V, Z, and a check character modulo 31. */
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

function checkCharacter(head: string): string {
  let sum = 0
  for (let index = 0; index < 17; index++) {
    const value = LETTERS.indexOf(head.charAt(index))
    // The weight of place n is 3 to the power of n-1, modulo 31.
    const weight = Array.from({ length: index }).reduce<number>((power) => (power * 3) % 31, 1)
    sum += value * weight
  }
  return LETTERS.charAt((31 - (sum % 31)) % 31)
}

/**
 * What is wrong with the number of a taxpayer, or null: a unified social credit code of 18 characters with its check
 * character, or one of the older numbers of 15 or 20.
 */
export function taxNoFault(text: string): string | null {
  if (/^[0-9A-Z]{15}$|^[0-9A-Z]{20}$/.test(text)) return null
  if (text.length !== 18) return '纳税人识别号应为15、18或20位'
  if (![...text].every((letter) => LETTERS.includes(letter))) return '统一社会信用代码含有不允许的字符'
  return checkCharacter(text) === text.charAt(17) ? null : '统一社会信用代码校验位错误'
}
