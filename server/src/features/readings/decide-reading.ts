import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { adoptReading } from './adopt-reading'
import { assertSeen } from './desk-scope'
import type { ReadingRow } from './entities'
import { type KnownMeter, readMeter } from './gather-meters'
import { type Judgement, judgeReading } from './judge-reading'
import { knownReads } from './known-reads'
import { lockMeter } from './meter-store'
import { judgementOf } from './present'
import { presentDeskReading } from './present-desk'
import { sendSomebody } from './send-somebody'
import type { DeskReading } from './schema'
import { findReading, lockReading, readingsOfMeter, saveReading } from './store'
import { tellDecision } from './tell-household'

interface Decision {
  readonly readingId: string
  readonly version: number
  readonly decision: 'accept' | 'correct' | 'reject' | 'visit'
  readonly value?: string | undefined
  readonly words?: string | undefined
}

/**
 * What a person makes of a doubtful reading. Accepted, or with the figure that the photo shows, it is promised to the
 * billing system; refused, the household may report again; sent somebody, it stays doubtful until they have looked.
 * Errors: not_found outside my scope, reading_changed, invalid_input.
 */
export async function decideReading(ctx: Ctx, input: Decision): Promise<{ reading: DeskReading }> {
  const staff = staffOf(ctx)
  const seen = assertSeen(staff, await findReading(ctx.db.reader, input.readingId))
  const known = await readMeter(ctx, seen.householdId)
  if (known === null) throw new AppError('reading_no_meter')
  checkDecision(known, input)
  const row = await inTransaction(ctx, async (tx) => {
    // Who reports for the meter at this moment waits, or made this decision too late.
    const meter = await lockMeter(tx, seen.meterId)
    const locked = await lockReading(tx, seen.id)
    if (meter === null || locked === null || locked.state !== 'doubtful' || locked.version !== input.version)
      throw new AppError('reading_changed')
    const decided = await outcomeOf(tx, ctx, { row: locked, known: { ...known, meter }, input })
    await saveReading(tx, decided)
    await tellDecision(tx, ctx, decided)
    return decided
  })
  return { reading: await presentDeskReading(ctx, row) }
}

/** Errors: invalid_input that names what is missing. */
function checkDecision({ meter }: KnownMeter, { decision, value, words }: Decision): void {
  const missing = (path: string, message: string): AppError =>
    new AppError('invalid_input', { fields: [{ path, message }] })
  if (decision === 'correct') {
    const [whole = '', fraction = ''] = (value ?? '').split('.')
    if (value === undefined || whole.length > meter.integerDigits || fraction.length > meter.decimals)
      throw missing('value', `请填表上的数字：${meter.integerDigits} 位整数，${meter.decimals} 位小数`)
  }
  // The household reads why.
  if (decision === 'reject' && (words ?? '').length < 4) throw missing('words', '请写明原因，住户会看到')
}

async function outcomeOf(
  tx: Tx,
  ctx: Ctx,
  { row, known, input }: { readonly row: ReadingRow; readonly known: KnownMeter; readonly input: Decision },
): Promise<ReadingRow> {
  const staff = staffOf(ctx)
  const now = ctx.clock.now()
  const noted = { ...row, decision: input.words || null, version: row.version + 1, updatedAt: now }
  if (input.decision === 'visit') return { ...noted, requestId: await sendSomebody(tx, ctx, noted) }
  const by = { decidedById: staff.id, decidedByName: staff.name, decidedAt: now }
  if (input.decision === 'reject') return { ...noted, ...by, state: 'rejected', dueAt: null }
  const corrected = input.decision === 'correct' && input.value !== row.value ? (input.value ?? null) : null
  const judgement =
    corrected === null ? judgementOf(row) : await judgedAnew(tx, ctx, { row, known, value: corrected })
  const adopted = { ...noted, ...by, correctedValue: corrected, judgement: JSON.stringify(judgement) }
  return adoptReading(tx, ctx, adopted, { ...known, judgement })
}

async function judgedAnew(
  tx: Tx,
  ctx: Ctx,
  { row, known, value }: { readonly row: ReadingRow; readonly known: KnownMeter; readonly value: string },
): Promise<Judgement> {
  const rules = readingRulesOf(ctx.config, companyOf(ctx, row.companyId))
  const reported = await readingsOfMeter(tx, row.meterId, 40)
  const others = reported.filter(({ period, serial }) => period !== row.period && serial === row.serial)
  return judgeReading(
    { day: shanghaiDay(row.readAt), value: Number(value) },
    knownReads(known.bills, others),
    {
      ...rules,
      integerDigits: known.meter.integerDigits,
    },
  )
}
