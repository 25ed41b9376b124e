import { recordAudit } from '../../core/audit'
import { companyOf } from '../../core/config/companies'
import { type ReadingRules, readingRulesOf } from '../../core/config/readings'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { noteActedFor } from '../family'
import { claimFiles } from '../files'
import { assertReached } from '../households'
import { residentAliases } from '../identity'
import { judgeWords } from '../requests'
import { adoptReading } from './adopt-reading'
import type { MeterRow, ReadingRow } from './entities'
import { type KnownMeter, readMeter } from './gather-meters'
import { type Judgement, judgeReading } from './judge-reading'
import { knownReads } from './known-reads'
import { lockMeter } from './meter-store'
import { presentReading } from './present'
import type { Reason, ReadingView } from './schema'
import { insertReading, readingsOfMeter, saveReading } from './store'
import { readingWindow, type ReadingWindow } from './window'
import { shanghaiDay } from '../../core/clock'
import { dayInWords, untilInWords } from './words'

export interface SubmitInput {
  readonly householdId: string
  readonly value: string
  readonly reason?: Reason | undefined
  readonly words?: string | undefined
  readonly fileId?: string | undefined
}

const HOUR_MS = 3_600_000
/** Readings of a meter that are read to judge the next one. */
const REPORTED = 40

/**
 * Takes in what a member of the household, or whoever visits it by its code, read on its meter. What fits is adopted
 * and promised to the billing system at once; what does not goes to a person; nothing is blocked for being unusual.
 * Errors: not_found, reading_no_meter, reading_not_asked, reading_closed, reading_taken, reading_reason_needed,
 * invalid_input, words_refused, files_not_ready.
 */
export async function submitReading(ctx: Ctx, input: SubmitInput): Promise<{ reading: ReadingView }> {
  const { id: residentId } = residentOf(ctx)
  const reached = await assertReached(ctx, residentId, [input.householdId])
  const source = reached.get(input.householdId) === null ? 'resident' : 'visitor'
  const known = await readMeter(ctx, input.householdId)
  if (known === null) throw new AppError('reading_no_meter')
  const rules = readingRulesOf(ctx.config, companyOf(ctx, known.meter.companyId))
  if (rules.readBy !== 'household') throw new AppError('reading_not_asked')
  const window = openWindow(rules, ctx.clock.now())
  checkInput(known.meter, rules, input)
  const wordsFlagged = input.words ? await judgeWords(ctx, input.words) : false
  const by = { residentIds: await residentAliases(ctx.db.reader, residentId), residentId, source } as const
  const row = await inTransaction(ctx, async (tx) => {
    const meter = await lockMeter(tx, known.meter.id)
    if (meter === null) throw new AppError('reading_no_meter')
    const draft = await draftOf(tx, ctx, {
      input,
      known: { ...known, meter },
      rules,
      window,
      by,
      wordsFlagged,
    })
    await recordAudit(tx, ctx, {
      action: 'readings.submit',
      object: `reading:${draft.id}`,
      detail: { companyId: meter.companyId, period: draft.period, state: draft.state, source },
    })
    const { householdId } = input
    await noteActedFor(tx, ctx, { residentId, householdId, what: 'reading', object: `reading:${draft.id}` })
    return draft
  })
  return { reading: await presentReading(ctx, row, source === 'resident') }
}

/** Errors: reading_closed, which says when it opens. */
function openWindow(rules: ReadingRules, nowMs: number): ReadingWindow {
  const window = readingWindow(rules, nowMs)
  if (!window.isOpen)
    throw new AppError('reading_closed', {
      message: `现在不收读数，${dayInWords(window.opensAt)}到${untilInWords(window.closesAt)}可以报。`,
    })
  return window
}

/** The digits are the meter's own. Errors: invalid_input that names what is wrong. */
function checkInput(meter: MeterRow, rules: ReadingRules, input: SubmitInput): void {
  const [whole = '', fraction = ''] = input.value.split('.')
  if (whole.length > meter.integerDigits || fraction.length > meter.decimals) {
    const message =
      meter.decimals === 0
        ? `这只表是 ${meter.integerDigits} 位数字，请按表上的填`
        : `这只表是 ${meter.integerDigits} 位数字加 ${meter.decimals} 位小数，请按表上的填`
    throw new AppError('invalid_input', { fields: [{ path: 'value', message }] })
  }
  if (rules.photo === 'required' && input.fileId === undefined)
    throw new AppError('invalid_input', { fields: [{ path: 'fileId', message: '请拍一张表的照片' }] })
}

interface Draft {
  readonly input: SubmitInput
  readonly known: KnownMeter
  readonly rules: ReadingRules
  readonly window: ReadingWindow
  readonly by: {
    readonly residentIds: readonly string[]
    readonly residentId: string
    readonly source: 'resident' | 'visitor'
  }
  readonly wordsFlagged: boolean
}

/** Puts the reading in the place of the month's earlier one, whose row stays. */
async function draftOf(tx: Tx, ctx: Ctx, draft: Draft): Promise<ReadingRow> {
  const { input, known, window } = draft
  const { meter, bills } = known
  const now = ctx.clock.now()
  const reported = await readingsOfMeter(tx, meter.id, REPORTED)
  const before = reported.find(({ activeSlot, period }) => activeSlot === 1 && period === window.period)
  if (before) assertMayReplace(before, draft.by)
  const others = reported.filter(({ period, serial }) => period !== window.period && serial === meter.serial)
  const judgement = judgeReading(
    { day: shanghaiDay(now), value: Number(input.value) },
    knownReads(bills, others),
    { ...draft.rules, integerDigits: meter.integerDigits },
  )
  if (judgement.findings.includes('backwards') && input.reason === undefined)
    throw new AppError('reading_reason_needed', {
      fields: [{ path: 'reason', message: '请选一个原因' }],
    })
  if (before)
    await saveReading(tx, { ...before, state: 'replaced', activeSlot: null, joinState: null, updatedAt: now })
  const fresh = newReading(ctx, draft, judgement)
  const row = judgement.isDoubtful ? fresh : await adoptReading(tx, ctx, fresh, { meter, bills, judgement })
  await insertReading(tx, row)
  if (input.fileId !== undefined) await claimPhoto(tx, ctx, row, draft.by.residentId, input.fileId)
  return row
}

/** Who only visits replaces nothing that a member said. Errors: reading_taken. */
function assertMayReplace(before: ReadingRow, by: Draft['by']): void {
  if (by.source === 'resident' || before.state === 'rejected') return
  if (before.source === 'visitor' && by.residentIds.includes(before.residentId)) return
  throw new AppError('reading_taken')
}

async function claimPhoto(
  tx: Tx,
  ctx: Ctx,
  row: ReadingRow,
  residentId: string,
  fileId: string,
): Promise<void> {
  const owner = { kind: 'resident', id: residentId } as const
  const [file] = await claimFiles(tx, ctx, { fileIds: [fileId], owner, claim: `reading:${row.id}` })
  if (file?.kind !== 'image')
    throw new AppError('invalid_input', { fields: [{ path: 'fileId', message: '请上传照片' }] })
}

function newReading(
  ctx: Ctx,
  { input, known, rules, window, by, wordsFlagged }: Draft,
  judgement: Judgement,
): ReadingRow {
  const now = ctx.clock.now()
  const { meter } = known
  return {
    id: ctx.ids.next(),
    meterId: meter.id,
    companyId: meter.companyId,
    householdId: meter.householdId,
    areaPath: meter.areaPath,
    serial: meter.serial,
    period: window.period,
    value: input.value,
    correctedValue: null,
    readAt: now,
    source: by.source,
    residentId: by.residentId,
    fileId: input.fileId ?? null,
    reason: input.reason ?? null,
    words: input.words || null,
    wordsFlagged: wordsFlagged ? 1 : 0,
    state: 'doubtful',
    activeSlot: 1,
    judgement: JSON.stringify(judgement),
    dueAt: now + rules.decideHours * HOUR_MS,
    ...NOTHING_YET,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

const NOTHING_YET = {
  decidedById: null,
  decidedByName: null,
  decidedAt: null,
  decision: null,
  requestId: null,
  postedSerial: null,
  billId: null,
  billVersion: null,
  billAmountFen: null,
  correction: null,
  joinState: null,
  joinAmountFen: null,
  joinedAt: null,
  joinLookAt: null,
} as const
