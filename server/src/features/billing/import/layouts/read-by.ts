import type { ReadBy } from './types'

const SAYS: readonly (readonly [RegExp, ReadBy])[] = [
  [/估|推算|暂估/, 'estimated'],
  [/自报|自助|报数/, 'reported'],
  [/远传|集抄|自动|智能/, 'remote'],
]

/** What an export's 抄表方式 means. Systems write it in their own ways; whatever is none of these was read by a person. */
export function readByOf(text: string): ReadBy {
  return SAYS.find(([pattern]) => pattern.test(text))?.[1] ?? 'read'
}
