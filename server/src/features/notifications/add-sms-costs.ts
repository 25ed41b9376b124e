import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import type { Tx } from '../../core/db/database'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { minuteInWords } from './plan-message'
import { budgetOf, budgetState } from './sms-budget'
import { addToSmsMonth, markSmsMonth } from './sms-month-store'
import { tellSupervisors } from './tell-supervisors'

export interface SmsSpent {
  readonly companyId: string
  readonly parts: number
  readonly costFen: number
}

/** Adds what text messages cost to their companies' month; at 80 % and at the end of a budget staff are told once. */
export async function addSmsCosts(tx: Tx, ctx: Ctx, spent: readonly SmsSpent[]): Promise<void> {
  const month = shanghaiDay(ctx.clock.now()).slice(0, 7)
  const companies = [...new Set(spent.map(({ companyId }) => companyId))].sort()
  for (const companyId of companies) {
    const own = spent.filter((one) => one.companyId === companyId)
    const row = await addToSmsMonth(tx, {
      companyId,
      month,
      parts: own.reduce((sum, { parts }) => sum + parts, 0),
      costFen: own.reduce((sum, { costFen }) => sum + costFen, 0),
    })
    const budget = budgetOf(ctx.config, companyId)
    const state = budgetState(row.costFen, budget)
    const now = ctx.clock.now()
    const over = { companyId, month, costFen: row.costFen, budget }
    if (state === 'stopped' && row.stoppedAt === null) {
      await markSmsMonth(tx, companyId, month, { warnedAt: row.warnedAt ?? now, stoppedAt: now })
      await tellOfBudget(tx, ctx, { ...over, remark: '预算已用完，只发紧急短信' })
    } else if (state === 'warned' && row.warnedAt === null) {
      await markSmsMonth(tx, companyId, month, { warnedAt: now, stoppedAt: null })
      await tellOfBudget(tx, ctx, { ...over, remark: '用完后只发紧急短信' })
    }
  }
}

async function tellOfBudget(
  tx: Tx,
  ctx: Ctx,
  about: { companyId: string; month: string; costFen: number; budget: number; remark: string },
): Promise<void> {
  const { companyId, month } = about
  ctx.log.warn({ companyId, month, costFen: about.costFen, budgetFen: about.budget }, 'messages.sms-budget')
  const [year = '', number = ''] = month.split('-')
  await tellSupervisors(tx, ctx, {
    companies: companyId === '' ? ctx.config.companies.map(({ id }) => id) : [companyId],
    template: 'sms-budget-warning',
    reason: `sms-budget:${companyId}:${month}:${about.remark === '用完后只发紧急短信' ? 'warned' : 'stopped'}`,
    facts: {
      company: companyId === '' ? '本平台' : companyOf(ctx, companyId).name,
      month: `${year}年${Number(number)}月`,
      used: `${formatYuan(about.costFen)}元/共${formatYuan(about.budget)}元`,
      remark: about.remark,
      time: minuteInWords(ctx.clock.now()),
    },
  })
}
