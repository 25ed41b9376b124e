import { companyOf } from '../../core/config/companies'
import type { Tx } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { boundTo, householdsByIds } from '../households'
import { notifyResident } from '../notifications'
import { unitOf } from '../tariffs'
import type { ReadingRow } from './entities'
import { correctionOf } from './present'
import { minuteInWords, periodInWords } from './words'

const readingPage = (readingId: string): string => `/meter/result/index?readingId=${readingId}`

/** Says to whoever reported what a person made of it. */
export async function tellDecision(tx: Tx, ctx: Ctx, row: ReadingRow): Promise<void> {
  const result = row.state === 'adopted' ? '已采用' : row.state === 'rejected' ? '未采用' : '安排上门核实'
  const remark =
    row.state === 'adopted'
      ? row.correctedValue === null
        ? '按您报的读数计算'
        : `按核实后的读数 ${row.correctedValue} 计算`
      : (row.decision ?? '请留意上门时间')
  await tell(tx, ctx, row, {
    template: 'reading-decided',
    key: `decided:${row.version}`,
    facts: { result, remark },
  })
}

/** Says that the company's next word about an estimated bill has come, and what it makes. */
export async function tellJoined(tx: Tx, ctx: Ctx, row: ReadingRow): Promise<void> {
  // What the household is billed is no visitor's to hear.
  if (row.source === 'visitor') return
  const before = row.billAmountFen ?? 0
  const after = row.joinAmountFen ?? before
  const difference = after - before
  const title = correctionOf(row)?.title ?? '账单'
  const remark =
    row.joinState === 'next'
      ? '新一期账单已从您报的读数算起，多退少补在其中'
      : difference === 0
        ? '金额没有变化'
        : `${difference < 0 ? '少收' : '补收'} ${formatYuan(Math.abs(difference))} 元`
  await tell(tx, ctx, row, {
    template: 'reading-joined',
    key: 'joined',
    facts: { bill: title, amount: `￥${formatYuan(after)}`, remark },
  })
}

async function tell(
  tx: Tx,
  ctx: Ctx,
  row: ReadingRow,
  said: { readonly template: string; readonly key: string; readonly facts: Readonly<Record<string, string>> },
): Promise<void> {
  // A member who moved out since then hears no more of the household.
  const isMember = row.source === 'resident'
  if (isMember && !(await boundTo(tx, row.residentId, [row.householdId])).has(row.householdId)) return
  const household = (await householdsByIds(tx, [row.householdId])).get(row.householdId)
  await notifyResident(tx, ctx, {
    residentId: row.residentId,
    companyId: row.companyId,
    // A visitor is not bound, and messages about a household go to who is.
    ...(isMember ? { householdId: row.householdId } : {}),
    template: said.template,
    reason: `reading:${row.id}:${said.key}`,
    facts: {
      household: isMember ? (household?.shortAddress ?? '') : '您扫码报数的一户',
      period: periodInWords(row.period),
      value: `${row.correctedValue ?? row.value} ${unitOf(companyOf(ctx, row.companyId))}`,
      time: minuteInWords(ctx.clock.now()),
      ...said.facts,
    },
    page: readingPage(row.id),
  })
}
