import { shanghaiDay } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { residentOfStaff, supervisorsOf } from '../staff'
import type { RestRow } from './entities'
import { notifyResident } from './notify-resident'
import { minuteInWords } from './plan-message'
import { CHANNEL_WORDS, restWords } from './rest-words'
import { templateOfId } from './templates'

/** Says something to the supervisors of these companies who have bound a wallet; others see it in the console. */
export async function tellSupervisors(
  tx: Tx,
  ctx: Ctx,
  said: {
    readonly companies: readonly string[]
    readonly template: string
    readonly reason: string
    readonly facts: Readonly<Record<string, string>>
  },
): Promise<void> {
  const ids = new Set<string>()
  for (const companyId of said.companies) for (const { id } of await supervisorsOf(tx, companyId)) ids.add(id)
  for (const staffId of ids) {
    const residentId = await residentOfStaff(tx, staffId)
    if (residentId === null) continue
    await notifyResident(tx, ctx, {
      residentId,
      template: said.template,
      reason: said.reason,
      facts: said.facts,
      page: null,
    })
  }
}

/** Staff hear once that messages do not get through, and what to do. */
export async function tellOfRest(tx: Tx, ctx: Ctx, row: RestRow): Promise<void> {
  const { channel, templateId, reason } = row
  ctx.log.error({ channel, templateId, reason }, 'messages.rest-begins')
  const template = templateId === '*' ? null : templateOfId(ctx.config, channel, templateId)
  await tellSupervisors(tx, ctx, {
    companies: ctx.config.companies.map(({ id }) => id),
    template: 'message-rest',
    reason: `rest:${channel}:${templateId.slice(0, 40)}:${row.updatedAt}`,
    facts: {
      channel: CHANNEL_WORDS[channel] ?? channel,
      message: templateId === '*' ? '全部消息' : (template?.title ?? templateId),
      reason: restWords(row),
      remark: templateId === '*' ? '系统会自动再试，不用处理' : '改好模板后在消息页点继续',
      time: minuteInWords(ctx.clock.now()),
    },
  })
}

/** A code that somebody has to look at: once a day, however many messages it met. */
export async function tellOfTrouble(
  tx: Tx,
  ctx: Ctx,
  trouble: { readonly channel: string; readonly code: string },
): Promise<void> {
  const { channel, code } = trouble
  ctx.log.error({ channel, platformCode: code }, 'messages.trouble')
  const now = ctx.clock.now()
  await tellSupervisors(tx, ctx, {
    companies: ctx.config.companies.map(({ id }) => id),
    template: 'message-rest',
    reason: `trouble:${channel}:${code.slice(0, 40)}:${shanghaiDay(now)}`,
    facts: {
      channel: CHANNEL_WORDS[channel] ?? channel,
      message: '有消息没有发出',
      reason: `平台返回${code}`,
      remark: '请核对平台账号、模板和配置',
      time: minuteInWords(now),
    },
  })
}
