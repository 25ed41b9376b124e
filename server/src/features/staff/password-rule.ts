import { DAY_MS } from '../../core/clock'
import type { CoreCtx } from '../../core/context'
import { AppError } from '../../core/errors'
import { isKnownPassword } from './known-passwords'

type Settings = Pick<CoreCtx, 'config'>

interface Rule {
  readonly words: string
  readonly leastLength: number
  /** How many of lower case, upper case, digits and other characters it must have. */
  readonly leastClasses: number
  /** After so many days it must be changed; null is never (ASVS 6.2.10). */
  readonly maxAgeDays: number | null
  /** How many of the last passwords may not come back. */
  readonly remembered: number
}

/**
 * ASVS 6.2 forbids rules of composition and forced change, 等保 level 3 demands both; which one counts is the
 * operator's choice (security.md 3.2).
 */
const rules: Readonly<Record<'default' | 'djbh3', Rule>> = {
  default: {
    words: '至少12位，不能是常见密码，也不能包含您的登录名、姓名或系统名称',
    leastLength: 12,
    leastClasses: 1,
    maxAgeDays: null,
    remembered: 1,
  },
  djbh3: {
    words: '至少8位，大写字母、小写字母、数字、符号至少三种；90天换一次，不能用最近5次的密码',
    leastLength: 8,
    leastClasses: 3,
    maxAgeDays: 90,
    remembered: 5,
  },
}

export function passwordRule(ctx: Settings): Rule {
  return rules[ctx.config.staff.profile]
}

export function passwordIsOld(ctx: Pick<CoreCtx, 'config' | 'clock'>, setAt: number): boolean {
  const { maxAgeDays } = passwordRule(ctx)
  return maxAgeDays !== null && ctx.clock.now() - setAt >= maxAgeDays * DAY_MS
}

/** Throws `password_weak` with what is wrong. Length is counted in characters, so Chinese and spaces are welcome. */
export function assertGoodPassword(
  ctx: Settings,
  password: string,
  whose: { readonly loginName: string; readonly name: string },
): void {
  const rule = passwordRule(ctx)
  const weak = (why: string): never => {
    throw new AppError('password_weak', { message: `${why}。密码要求：${rule.words}。` })
  }
  if ([...password].length < rule.leastLength) weak('密码太短')
  if (classesIn(password) < rule.leastClasses) weak('密码的字符种类太少')
  if (new Set(password).size < 5) weak('密码里不同的字符太少')
  const text = password.normalize('NFKC').toLowerCase()
  const names = [whose.loginName, whose.name, ctx.config.portal.name, ctx.config.portal.operator, 'yihu']
  if (names.some((name) => [...name].length >= 2 && text.includes(name.toLowerCase())))
    weak('密码里有登录名、姓名或系统名称')
  if (isKnownPassword(text)) weak('这个密码太常见，容易被猜到')
}

function classesIn(password: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
}
