import { inTransaction } from '../../core/db/database'
import { buildHousehold, buildResident } from '../../testing/factories'
import type { TestApp } from '../../testing/harness'
import { boundTo } from '../households'
import { settlePayment } from '../payments/settle-payment'
import { answerProxy } from './answer-proxy'
import { askProxy } from './ask-proxy'
import { inviteMember } from './invite-member'
import { joinHome } from './join-home'
import { listProxies } from './list-proxies'
import { readHome } from './read-home'
import { CONSENT } from './words'

export const ASK = { relation: 'daughter', agentName: '张小玉', months: 12 } as const

/** People and homes of the tests of families; the app is asked for when something is built. */
export function familyWorld(appOf: () => TestApp) {
  const resident = async (): Promise<string> => (await buildResident(appOf())).id
  /** A household whose owner proved to be one. */
  const home = async (): Promise<{ owner: string; household: { id: string; accountNo: string } }> => {
    const owner = await resident()
    const household = await buildHousehold(appOf(), { members: [owner] })
    await inTransaction(appOf().ctx(), (tx) =>
      tx.execute("UPDATE binding SET proof = 'code' WHERE householdId = ?", [household.id]),
    )
    return { owner, household }
  }
  const isBound = async (residentId: string, householdId: string): Promise<boolean> =>
    (await boundTo(appOf().ctx().db.reader, residentId, [householdId])).has(householdId)
  const joined = async (
    owner: string,
    householdId: string,
    role: 'owner' | 'family' | 'tenant',
  ): Promise<string> => {
    const id = await resident()
    const { token } = await inviteMember(appOf().asResident(owner), { householdId, role })
    await joinHome(appOf().asResident(id), { token })
    return id
  }
  const memberOf = async (owner: string, householdId: string, isMe: boolean) => {
    const { members } = await readHome(appOf().asResident(owner), { householdId })
    const found = members.find((member) => member.isMe === isMe)
    if (!found) throw new Error('no such member')
    return found
  }
  /** A parent who agreed in their own wallet. */
  const acting = async () => {
    const { owner: parent, household } = await home()
    const child = await resident()
    const { token } = await askProxy(appOf().asResident(child), ASK)
    const answer = { token, agree: true, householdIds: [household.id], ...CONSENT }
    await answerProxy(appOf().asResident(parent), answer)
    const [proxy] = (await listProxies(appOf().asResident(parent))).proxies
    return { parent, child, household, proxyId: proxy?.id ?? '', token }
  }
  const settle = async (payment: { id: string; orderNo: string; amountFen: number }): Promise<void> => {
    const [row] = await appOf()
      .ctx()
      .db.reader.query<{ merchantId: string; appId: string }>('SELECT * FROM payment WHERE id = ?', [
        payment.id,
      ])
    await settlePayment(appOf().ctx(), {
      channel: 'wechat',
      trade: {
        orderNo: payment.orderNo,
        tradeNo: `trade-${payment.id}`,
        amountFen: payment.amountFen,
        payerAmountFen: payment.amountFen,
        currency: 'CNY',
        merchantId: row?.merchantId ?? '',
        appId: row?.appId ?? '',
        paidAt: appOf().clock.now(),
        payerSubject: null,
      },
      evidence: { noticeId: payment.id, source: 'callback', raw: '{}' },
    })
  }
  return { resident, home, isBound, joined, memberOf, acting, settle }
}
