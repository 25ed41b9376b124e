import { companyOf } from '../../core/config/companies'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue, serviceTypeOf } from '../catalogue'
import { notifyResident } from '../notifications'
import { timeWords } from './present'
import { type BookedVisit, dueReminders, markReminded } from './store'

const BATCH = 200
const MOST_BATCHES = 20

/** Tells residents the evening before that somebody comes. The mark and the message are one transaction, so once. */
export async function remindVisits(ctx: Ctx): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const due = await dueReminders(ctx.db.reader, ctx.clock.now(), BATCH)
    for (const visit of due) await remind(ctx, visit)
    if (due.length < BATCH) return
  }
}

async function remind(ctx: Ctx, visit: BookedVisit): Promise<void> {
  const company = companyOf(ctx, visit.companyId)
  const { body } = await currentCatalogue(ctx, company.id)
  const [, month = '', day = ''] = visit.day.split('-')
  const facts = {
    ...(visit.requestNumber === null ? {} : { number: visit.requestNumber }),
    type: serviceTypeOf(body, visit.typeId)?.name ?? '上门服务',
    time: `${Number(month)}月${Number(day)}日 ${timeWords(visit.fromMinute)}–${timeWords(visit.toMinute)}`,
    remark: ctx.config.appointments.prepare[company.kind] ?? '请在家里留人',
  }
  await inTransaction(ctx, async (tx) => {
    if (!(await markReminded(tx, visit.id)) || visit.requestId === null) return
    // A caller has no wallet to be reminded by; they were told on the telephone.
    if (visit.residentId === null) return
    await notifyResident(tx, ctx, {
      residentId: visit.residentId,
      companyId: visit.companyId,
      template: 'visit-tomorrow',
      reason: `visit:${visit.id}:tomorrow`,
      facts,
      page: `requests/detail/index?id=${visit.requestId}`,
    })
  })
}
