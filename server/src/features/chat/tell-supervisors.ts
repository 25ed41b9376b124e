import { companyOf } from '../../core/config/companies'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { notifyResident } from '../notifications'
import { minuteInWords } from '../requests'
import { residentOfStaff, supervisorsOf } from '../staff'

/** Says something to a company's supervisors who have bound a wallet, once per key; others see it in the console. */
export async function tellSupervisors(
  tx: Tx,
  ctx: Ctx,
  companyId: string,
  said: { readonly key: string; readonly what: string; readonly remark: string },
): Promise<void> {
  for (const { id } of await supervisorsOf(tx, companyId)) {
    const residentId = await residentOfStaff(tx, id)
    if (residentId === null) continue
    await notifyResident(tx, ctx, {
      residentId,
      companyId,
      template: 'staff-alert',
      reason: said.key,
      facts: {
        number: 'CHAT',
        type: companyOf(ctx, companyId).name,
        state: said.what,
        time: minuteInWords(ctx.clock.now()),
        remark: said.remark.slice(0, 200),
      },
      page: null,
    })
  }
}
