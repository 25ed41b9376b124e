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
import { type ReadingView, REASONS } from './schema'
import { readingWindow, type ReadingWindow } from './window'
import { FINDING_WORDS, REASON_WORDS, untilInWords } from './words'

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
    return {
      id: row.id,
      period: row.period,
      value: row.value,
      correctedValue: row.correctedValue,
      state: row.state,
      stateWords: STATE_WORDS[row.state],
      next: nextWords(isMember ? row : { ...row, joinState: null }, { window, posting, number }),
      findings: judgement.findings
        .filter((one) => isMember || TOLD_VISITORS.includes(one))
        .map((one) => FINDING_WORDS[one]),
      used: judgement.used === null || !isMember ? null : usedWords(judgement.used),
      readAt: row.readAt,
      bySelf: mine.includes(row.residentId),
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

function nextWords(row: ReadingRow, { window, posting, number }: Around): string {
  const again =
    window.isOpen && window.period === row.period ? `${untilInWords(window.closesAt)}前可以重新报。` : ''
  if (row.state === 'replaced') return '后来报的读数已经替换了它。'
  if (row.state === 'rejected') return `这个读数没有采用。${again}`
  if (row.state === 'doubtful') {
    if (number !== null) return `已安排工作人员上门核实（${number}），结果会通知您。`
    const until = row.dueAt === null ? '' : `${untilInWords(row.dueAt)}前`
    return `工作人员会在${until}核实，结果会通知您。${again}`
  }
  if (row.joinState === 'corrected') return '公司已按您报的读数更正了账单。'
  if (row.joinState === 'next') return '新一期账单已从您报的读数算起。'
  if (posting === 'refused') return '公司的收费系统暂时没有收下，工作人员正在处理，您不用重新报。'
  const told = posting === 'done' ? '已报给公司' : '正在报给公司'
  return row.joinState === 'waiting'
    ? `${told}，更正后的账单到了会通知您。`
    : `${told}，下一期账单按它计算。${again}`
}
