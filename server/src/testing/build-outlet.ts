import { inTransaction } from '../core/db/database'
import { drawNumber } from '../features/outlets/draw-number'
import { newOutlet } from '../features/outlets/row-of'
import type { OutletFacts } from '../features/outlets/schema'
import { insertOutlet, lockOutlet } from '../features/outlets/store'
import type { TestApp } from './harness'

const ALL_DAY = [{ from: '00:00', to: '24:00' }]

/** An outlet that is always open and gives numbers, unless told otherwise. */
export const outletFacts = (change: Partial<OutletFacts> = {}): OutletFacts => ({
  name: '测试营业厅',
  address: '示范市人民路 1 号',
  phone: '96123',
  latE6: 38_914_000,
  lngE6: 121_614_000,
  hours: { week: Array.from({ length: 7 }, () => ALL_DAY), holiday: ALL_DAY, exceptions: [] },
  services: ['缴费', '过户'],
  access: { 'low-desk': 'yes', ramp: 'no' },
  note: '',
  hasTickets: true,
  minutesEach: 8,
  state: 'open',
  ...change,
})

/** An outlet with one number in its queue: this resident's, or one on paper. */
export async function buildOutlet(
  app: TestApp,
  {
    companyId,
    residentId = null,
    ...facts
  }: { companyId: string; residentId?: string | null } & Partial<OutletFacts>,
): Promise<{ outletId: string; ticketId: string }> {
  const ctx = app.ctx()
  const row = newOutlet(ctx, companyId, outletFacts({ name: `营业厅${ctx.ids.next()}`, ...facts }))
  return inTransaction(ctx, async (tx) => {
    await insertOutlet(tx, row)
    const ticket = await drawNumber(tx, ctx, (await lockOutlet(tx, row.id)) ?? row, residentId)
    return { outletId: row.id, ticketId: ticket.id }
  })
}
