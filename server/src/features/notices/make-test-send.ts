import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { notifyResident } from '../notifications'
import { residentOfStaff, staffByIds } from '../staff'
import { audienceOf } from './audience'
import { assertInCharge, lockForChange } from './lock-notice'
import { factsOf } from './messages-of'
import { deskReach } from './scope'

/**
 * Sends a draft, marked as a test, to people at work who have bound a wallet; to whoever asks when nobody is named.
 * Answers whom it went to and who has no wallet. Errors: not_found, forbidden, notice_changed, move_not_allowed.
 */
export async function makeTestSend(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number; readonly staffIds: readonly string[] },
): Promise<{ sentTo: string[]; withoutWallet: string[] }> {
  const { reader } = ctx.db
  const staff = staffOf(ctx)
  const reach = await deskReach(ctx)
  await assertInCharge(ctx, input.noticeId, reach)
  const wanted = input.staffIds.length === 0 ? [staff.id] : [...new Set(input.staffIds)]
  const people = await staffByIds(reader, wanted)
  const named = wanted.flatMap((id) => people.get(id) ?? [])
  if (named.length < wanted.length) throw new AppError('not_found', { detail: 'staff' })
  const wallets = new Map<string, string>()
  for (const { id } of named) {
    const residentId = await residentOfStaff(reader, id)
    if (residentId !== null) wallets.set(id, residentId)
  }
  const audience = await audienceOf(reader, input.noticeId)
  await inTransaction(ctx, async (tx) => {
    const { notice, newest } = await lockForChange(tx, ctx, { ...input, act: 'test-send', reach })
    const areaNames = audience.areas.map(({ fullName }) => fullName)
    const facts = factsOf(ctx, { notice, version: newest, areaNames, named: audience.householdIds.length })
    // Each press is a test of its own, though the draft is the same.
    const reason = `notice-test:${notice.id}:${ctx.ids.next()}`
    for (const residentId of new Set(wallets.values()))
      await notifyResident(tx, ctx, {
        residentId,
        template: 'outage-test',
        reason,
        facts,
        page: null,
        companyId: notice.companyId,
      })
  })
  return {
    sentTo: named.filter(({ id }) => wallets.has(id)).map(({ name }) => name),
    withoutWallet: named.filter(({ id }) => !wallets.has(id)).map(({ name }) => name),
  }
}
