import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { Movement } from './movements'
import { type Account, homeOf, readAccount } from './read-account'
import type { MovementKind, StatementView } from './schema'
import { said } from './words'

/** Longer ones are asked for in parts. */
const DAYS_MOST = 1100

/** Errors: not_found unless the household is bound to the asker; invalid_input for days that make no span. */
export async function readStatement(
  ctx: Ctx,
  input: { readonly householdId: string; readonly from: string; readonly to: string },
): Promise<StatementView> {
  return statementOf(await readAccount(ctx, input.householdId), input, ctx.clock.now())
}

/** The account between two days, both included; a day to come counts as today. */
export function statementOf(
  account: Account,
  asked: { readonly from: string; readonly to: string },
  nowMs: number,
): StatementView {
  const today = shanghaiDay(nowMs)
  const { from } = asked
  const to = asked.to > today ? today : asked.to
  const [fromMs, untilMs] = [shanghaiDayStart(from), shanghaiDayStart(to) + DAY_MS]
  if (![from, asked.to].every(isDay)) throw new AppError('invalid_input', { message: said.noSuchDay })
  if (from > to) throw new AppError('invalid_input', { message: said.noSpan })
  if ((untilMs - fromMs) / DAY_MS > DAYS_MOST) throw new AppError('invalid_input', { message: said.tooLong })
  const before = sumOf(account.movements.filter(({ at }) => at < fromMs))
  const within = account.movements.filter(({ at }) => at >= fromMs && at < untilMs)
  let balanceFen = before
  const lines = within.map((movement) => {
    balanceFen += movement.fen
    return { ...movement, balanceFen }
  })
  const known = (at: number): boolean =>
    account.unknownReason === null || (account.billsAsOf !== null && at <= account.billsAsOf)
  const [opens, closes] = [known(fromMs), known(Math.min(untilMs, nowMs))]
  return {
    ...homeOf(account),
    from,
    to,
    openingFen: opens ? before : null,
    closingFen: closes ? balanceFen : null,
    unknownReason: opens && closes ? null : account.unknownReason,
    sums: sumsOf(within),
    asOf: { bills: account.billsAsOf, payments: nowMs },
    lines,
    notes: notesOf(within, balanceFen),
  }
}

const isDay = (day: string): boolean => {
  const ms = shanghaiDayStart(day)
  return !Number.isNaN(ms) && shanghaiDay(ms) === day
}

const sumOf = (movements: readonly Movement[]): number => movements.reduce((sum, { fen }) => sum + fen, 0)

/** What the movements come to by what they are. */
export function sumsOf(movements: readonly Movement[]): StatementView['sums'] {
  const of = (...kinds: readonly MovementKind[]): number =>
    sumOf(movements.filter(({ kind }) => kinds.includes(kind)))
  return {
    billedFen: of('bill', 'changed', 'cancelled'),
    paidFen: of('payment'),
    elsewhereFen: of('elsewhere'),
    creditedFen: of('credited'),
    reducedFen: of('reduction'),
    refundedFen: of('refund'),
  }
}

function notesOf(lines: readonly Movement[], closingFen: number): string[] {
  const has = (kind: MovementKind): boolean => lines.some((line) => line.kind === kind)
  return [
    said.noteBills,
    ...(has('elsewhere') ? [said.noteElsewhere] : []),
    ...(has('credited') ? [said.noteCredited] : []),
    ...(has('changed') ? [said.noteChanged] : []),
    ...(closingFen < 0 ? [said.noteBack] : []),
  ]
}
