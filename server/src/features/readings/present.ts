import { companyOf } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import type { Ctx } from '../../platforms/context'
import { filesByIds, presentFile } from '../files'
import { readingPostingsOf, type ReadingPostingState } from '../payments'
import { residentAliases } from '../identity'
import { requestsByIds } from '../requests'
import type { Correction } from './correct-bill'
import type { ReadingRow } from './entities'
import type { Finding, Judgement } from './judge-reading'
import { type NextStep, type ReadingView, REASONS } from './schema'
import { readingWindow, type ReadingWindow } from './window'
import { FINDING_WORDS, nextInWords, REASON_WORDS } from './words'

/** Where the photo of a reading is fetched. */
export const photoPath = (readingId: string): string => `/attachments/readings/${readingId}`

const STATE_WORDS: Readonly<Record<ReadingRow['state'], string>> = {
  adopted: '已采用',
  doubtful: '需核实',
  rejected: '未采用',
  replaced: '已替换',
}

type StoredCorrection = Correction & {
  readonly title: string
  readonly unit: string
  readonly daysAfter: number
}
// Only adoptReading and submitReading write these columns.
export const judgementOf = (row: ReadingRow): Judgement => JSON.parse(row.judgement) as Judgement
export const correctionOf = (row: ReadingRow): StoredCorrection | null =>
  row.correction === null ? null : (JSON.parse(row.correction) as StoredCorrection)

/** A visitor learns nothing of what the household uses and is billed. */
const TOLD_VISITORS: readonly Finding[] = ['backwards', 'rollover']

/** Readings as members of the household see them, or whoever reported one as a visitor. */
export async function presentReadings(
  ctx: Ctx,
  rows: readonly ReadingRow[],
  isMember: boolean,
): Promise<ReadingView[]> {
  const { reader } = ctx.db
  const mine = ctx.resident === null ? [] : await residentAliases(reader, ctx.resident.id)
  const [postings, files, requests] = await Promise.all([
    readingPostingsOf(
      reader,
      rows.flatMap(({ postedSerial }) => postedSerial ?? []),
    ),
    filesByIds(
      reader,
      rows.flatMap(({ fileId }) => fileId ?? []),
    ),
    requestsByIds(
      reader,
      rows.flatMap(({ requestId }) => requestId ?? []),
    ),
  ])
  return rows.map((row) => {
    const company = companyOf(ctx, row.companyId)
    const window = readingWindow(readingRulesOf(ctx.config, company), ctx.clock.now())
    const posting = row.postedSerial === null ? null : (postings.get(row.postedSerial) ?? 'waiting')
    const number = row.requestId === null ? null : (requests.get(row.requestId)?.number ?? null)
    const file = row.fileId === null ? undefined : files.get(row.fileId)
    const judgement = judgementOf(row)
    const reason = REASONS.find((one) => one === row.reason)
    const findingCodes = judgement.findings.filter((one) => isMember || TOLD_VISITORS.includes(one))
    const next = nextOf(isMember ? row : { ...row, joinState: null }, { window, posting, number })
    return {
      id: row.id,
      period: row.period,
      value: row.value,
      correctedValue: row.correctedValue,
      state: row.state,
      stateWords: STATE_WORDS[row.state],
      next: nextInWords(next),
      nextStep: next,
      findings: findingCodes.map((one) => FINDING_WORDS[one]),
      findingCodes,
      used: judgement.used === null || !isMember ? null : usedWords(judgement.used),
      readAt: row.readAt,
      bySelf: mine.includes(row.residentId),
      reason: reason ?? null,
      reasonWords: reason === undefined ? null : REASON_WORDS[reason],
      words: row.words,
      decision: row.decision,
      photo: file ? presentFile(ctx, file, { path: photoPath(row.id) }) : null,
      posting,
      correction: isMember ? presentCorrection(row) : null,
    }
  })
}

export async function presentReading(ctx: Ctx, row: ReadingRow, isMember: boolean): Promise<ReadingView> {
  const [view] = await presentReadings(ctx, [row], isMember)
  if (!view) throw new Error('one reading is presented as one view')
  return view
}

/** Differences of decimals that were compared as floats, without their noise. */
export const usedWords = (used: number): string => String(Math.round(used * 1000) / 1000)

function presentCorrection(row: ReadingRow): ReadingView['correction'] {
  const correction = correctionOf(row)
  if (correction === null || row.billId === null || row.joinState === null) return null
  return {
    billId: row.billId,
    title: correction.title,
    reading: correction.reading,
    used: correction.used,
    estimatedUsed: correction.estimatedUsed,
    unit: correction.unit,
    estimatedFeeFen: correction.estimatedFeeFen,
    feeFen: correction.feeFen,
    differenceFen: correction.differenceFen,
    lines: [...correction.lines],
    daysAfter: correction.daysAfter,
    state: row.joinState,
    joinAmountFen: row.joinAmountFen,
  }
}

interface Around {
  readonly window: ReadingWindow
  readonly posting: ReadingPostingState | null
  /** Of the request by which somebody comes to look. */
  readonly number: string | null
}

/** What happens next, and until when. */
function nextOf(row: ReadingRow, { window, posting, number }: Around): NextStep {
  const againUntil = window.isOpen && window.period === row.period ? window.closesAt : null
  const plain = (code: NextStep['code']): NextStep => ({
    code,
    until: null,
    againUntil: null,
    requestNumber: null,
  })
  if (row.state === 'replaced') return plain('replaced')
  if (row.state === 'rejected') return { ...plain('rejected'), againUntil }
  if (row.state === 'doubtful')
    return number === null
      ? { ...plain('check'), until: row.dueAt === null ? null : Number(row.dueAt), againUntil }
      : { ...plain('visit'), requestNumber: number }
  if (row.joinState === 'corrected') return plain('corrected')
  if (row.joinState === 'next') return plain('next-bill')
  if (posting === 'refused') return plain('refused')
  if (row.joinState === 'waiting') return plain(posting === 'done' ? 'told-waits' : 'telling-waits')
  return { ...plain(posting === 'done' ? 'told' : 'telling'), againUntil }
}
