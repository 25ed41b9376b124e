import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { type ReadingRules, readingRulesOf } from '../../core/config/readings'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertReached, historyFrom, householdsByIds } from '../households'
import { seesBill } from '../billing'
import { residentAliases } from '../identity'
import { maskAddress } from '../../core/mask'
import { correctable } from './adopt-reading'
import { type KnownMeter, readMeter } from './gather-meters'
import { judgeReading } from './judge-reading'
import { knownReads } from './known-reads'
import { presentReading } from './present'
import type { MeterView } from './schema'
import { readingOfMonth, readingsOfMeter } from './store'
import { readingWindow } from './window'
import { maskSerial } from './words'

const REPORTED = 40

/**
 * All that a report needs. Whoever only visits by the household's code sees what stands on the meter before them
 * anyway, and neither its past nor what members reported. Errors: not_found, reading_no_meter.
 */
export async function showMeter(
  ctx: Ctx,
  input: { readonly householdId: string },
): Promise<{ meter: MeterView }> {
  const { id: residentId } = residentOf(ctx)
  const reached = await assertReached(ctx, residentId, [input.householdId])
  const isMember = reached.get(input.householdId) === null
  const known = await readMeter(ctx, input.householdId)
  if (known === null) throw new AppError('reading_no_meter')
  const { meter } = known
  const history = isMember
    ? (await historyFrom(ctx, residentId, [input.householdId])).get(input.householdId)
    : undefined
  const bills = known.bills.filter((bill) => history === undefined || seesBill(history, bill))
  const company = companyOf(ctx, meter.companyId)
  const rules = readingRulesOf(ctx.config, company)
  const window = readingWindow(rules, ctx.clock.now())
  const row = await readingOfMonth(ctx.db.reader, meter.id, window.period)
  const mine = row !== null && (await residentAliases(ctx.db.reader, residentId)).includes(row.residentId)
  const household = (await householdsByIds(ctx.db.reader, [meter.householdId])).get(meter.householdId)
  const guessed = correctable(bills)
  const seen = bills.find(({ readBy }) => readBy !== 'estimated')
  const isSince = row !== null && Number(row.createdAt) >= (history?.from ?? 0)
  const shows = row !== null && isSince && (isMember || mine)
  return {
    meter: {
      householdId: meter.householdId,
      companyId: company.id,
      companyName: company.name,
      hotline: company.hotline,
      kind: meter.kind,
      shortAddress: isMember ? (household?.shortAddress ?? '') : maskAddress(household?.address ?? ''),
      serial: isMember ? meter.serial : maskSerial(meter.serial),
      unit: meter.unit,
      integerDigits: meter.integerDigits,
      decimals: meter.decimals,
      last: { value: meter.lastValue, on: meter.lastOn || null, by: meter.lastBy },
      lastReal:
        meter.lastBy === 'estimated' && seen !== undefined && isMember
          ? { value: seen.current, on: seen.readOn || null }
          : null,
      usual: isMember ? await usualFigures(ctx, known, rules) : null,
      readsItself: rules.readBy === 'itself',
      photo: rules.photo,
      window,
      reading: shows ? await presentReading(ctx, row, isMember) : null,
      isTaken: row !== null && row.state !== 'rejected' && !isMember && !(mine && row.source === 'visitor'),
      estimated:
        isMember && guessed !== null
          ? { billId: guessed.billId, title: guessed.title, amountFen: guessed.amountFen }
          : null,
      isMember,
    },
  }
}

/** Figures of the counter between which today is no surprise, for the hint while one types. */
async function usualFigures(
  ctx: Ctx,
  { meter, bills }: KnownMeter,
  rules: ReadingRules,
): Promise<MeterView['usual']> {
  const reported = await readingsOfMeter(ctx.db.reader, meter.id, REPORTED)
  const { period } = readingWindow(rules, ctx.clock.now())
  const history = knownReads(
    bills,
    reported.filter((row) => row.serial === meter.serial && row.period !== period),
  )
  const last = history.findLast(({ real }) => real)
  if (last === undefined) return null
  const limits = { ...rules, integerDigits: meter.integerDigits }
  const { usual } = judgeReading({ day: shanghaiDay(ctx.clock.now()), value: last.value }, history, limits)
  if (usual === null) return null
  const round = 10 ** meter.integerDigits
  const figure = (more: number): string => String(Math.floor((last.value + more) % round))
  return { from: figure(usual.from), to: figure(usual.to) }
}
