import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { notifyResident } from '../notifications'
import { minuteInWords } from '../requests'
import { residentOfStaff, supervisorsOf } from '../staff'

/**
 * Somebody has looked at as many whole numbers today as anybody may and asks for more: it may be a busy day, and it may be
 * a copy in the making. The supervisors of their companies who have bound a wallet hear it once a day (security.md C24).
 */
export async function tellOfLimit(ctx: Ctx, what: string): Promise<void> {
  const me = staffOf(ctx)
  const now = ctx.clock.now()
  ctx.log.warn({ staffId: me.id, what }, 'desk.unmask-limit')
  await inTransaction(ctx, async (tx) => {
    const ids = new Set<string>()
    for (const companyId of me.companies ?? ctx.config.companies.map(({ id }) => id))
      for (const { id } of await supervisorsOf(tx, companyId)) if (id !== me.id) ids.add(id)
    for (const id of ids) {
      const residentId = await residentOfStaff(tx, id)
      if (residentId === null) continue
      await notifyResident(tx, ctx, {
        residentId,
        template: 'staff-alert',
        reason: `unmask-limit:${me.id}:${shanghaiDay(now)}`,
        facts: {
          number: 'UNMASK',
          type: '看全居民信息',
          state: '今天的次数用完了',
          time: minuteInWords(now),
          remark: `${me.name}还想再看，请问问是为什么`,
        },
        page: null,
      })
    }
  })
}
