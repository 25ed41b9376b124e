import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { TallyRow } from './entities'
import { restsNow } from './rest-store'
import { restWords } from './rest-words'
import { budgetOf, budgetState } from './sms-budget'
import { smsMonthsOf } from './sms-month-store'
import { tallyBetween } from './tally-store'
import { allTemplates } from './templates'

const MOST_DAYS = 92
const UNTIL_A_PERSON = 8_000_000_000_000_000

export interface ReportRow {
  day: string
  companyId: string
  template: string
  title: string
  channel: string
  sent: number
  delivered: number
  refused: number
  failed: number
  unknown: number
  costFen: number
}

/** Per kind, day and channel, of the companies that this person may see; what rests, and what is left for text messages. */
export async function reportMessages(
  ctx: Ctx,
  input: { from: string; to: string; companyId?: string | undefined },
) {
  assertSpan(input)
  const companies = companiesSeen(ctx, input.companyId)
  const { reader } = ctx.db
  const now = ctx.clock.now()
  const tally = await tallyBetween(reader, input, companies)
  const month = shanghaiDay(now).slice(0, 7)
  const spent = new Map((await smsMonthsOf(reader, month)).map((row) => [row.companyId, Number(row.costFen)]))
  return {
    rows: rowsOf(tally),
    budgets: ctx.config.companies
      .filter(({ id }) => companies === null || companies.includes(id))
      .map(({ id }) => {
        const costFen = spent.get(id) ?? 0
        const budgetFen = budgetOf(ctx.config, id)
        return { companyId: id, month, costFen, budgetFen, state: budgetState(costFen, budgetFen) }
      }),
    rests: (await restsNow(reader)).map((row) => ({
      channel: row.channel,
      templateId: row.templateId,
      reason: restWords(row),
      until: Number(row.restsUntil) >= UNTIL_A_PERSON ? null : Number(row.restsUntil),
      since: Number(row.updatedAt),
    })),
    asOf: now,
  }
}

function assertSpan({ from, to }: { from: string; to: string }): void {
  const days = (shanghaiDayStart(to) - shanghaiDayStart(from)) / DAY_MS
  if (!(days >= 0 && days < MOST_DAYS))
    throw new AppError('invalid_input', { message: `请选择不超过${MOST_DAYS}天的起止日期。` })
}

/** Null is every company. Somebody of one company asks for another: nothing is there to see. */
function companiesSeen(ctx: Ctx, asked: string | undefined): readonly string[] | null {
  const { companies } = staffOf(ctx)
  if (asked === undefined) return companies
  return companies === null || companies.includes(asked) ? [asked] : []
}

function rowsOf(tally: readonly Omit<TallyRow, 'bulkId'>[]): ReportRow[] {
  const rows = new Map<string, ReportRow>()
  for (const { day, companyId, template, channel, state, n, costFen } of tally) {
    const key = `${day}|${companyId}|${template}|${channel}`
    const row = rows.get(key) ?? {
      day,
      companyId,
      template,
      title: allTemplates().get(template)?.title ?? template,
      channel,
      sent: 0,
      delivered: 0,
      refused: 0,
      failed: 0,
      unknown: 0,
      costFen: 0,
    }
    rows.set(key, row)
    row.costFen += Number(costFen)
    if (channel === 'inbox') addInbox(row, state, Number(n))
    else addAttempts(row, state, Number(n))
  }
  return [...rows.values()].filter(({ sent }) => sent !== 0)
}

function addAttempts(row: ReportRow, state: string, n: number): void {
  row.sent += n
  if (state === 'delivered' || state === 'refused' || state === 'failed' || state === 'unknown')
    row[state] += n
}

/** What stands in inboxes: everything that was not taken back, whatever became of its pushes. */
function addInbox(row: ReportRow, state: string, n: number): void {
  if (state === 'made' || state === 'cancelled' || state === 'dropped') return
  row.sent += n
  row.delivered += n
}
