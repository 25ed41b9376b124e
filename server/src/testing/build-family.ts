import { inTransaction } from '../core/db/database'
import { answerProxy } from '../features/family/answer-proxy'
import { askProxy } from '../features/family/ask-proxy'
import { inviteMember } from '../features/family/invite-member'
import { joinHome } from '../features/family/join-home'
import { listProxies } from '../features/family/list-proxies'
import { readHome } from '../features/family/read-home'
import { CONSENT } from '../features/family/words'
import { giveActCode } from '../features/households/act-code'
import { facts } from '../features/households/households.fixture'
import { handOver, saveImportedHouseholds } from '../features/households'
import { buildHousehold, buildResident } from './factories'
import type { TestApp } from './harness'

const ASK = { relation: 'daughter', agentName: '张小玉', months: 12 } as const
const DAY_MS = 86_400_000

/** Makes the residents who are bound to a household known owners of it, as a code to the phone on file does. */
export async function proveOwners(app: TestApp, householdId: string): Promise<void> {
  await inTransaction(app.ctx(), (tx) =>
    tx.execute("UPDATE binding SET proof = 'code' WHERE householdId = ?", [householdId]),
  )
}

/** An invitation to a household of this proven owner's. */
export const buildInvite = (
  app: TestApp,
  of: { readonly householdId: string; readonly residentId: string },
): ReturnType<typeof inviteMember> =>
  inviteMember(app.asResident(of.residentId), { householdId: of.householdId, role: 'family' })

/** Somebody who asks to act, and the link that they would hand on. */
export async function buildAsk(app: TestApp): Promise<{ agentId: string; token: string }> {
  const { id: agentId } = await buildResident(app)
  return { agentId, token: (await askProxy(app.asResident(agentId), ASK)).token }
}

/** Of a household of this resident's: another member, an open invitation, somebody who acts, a change to come. */
export async function buildFamily(
  app: TestApp,
  of: { readonly householdId: string; readonly residentId: string },
): Promise<{ memberId: string; inviteId: string; proxyId: string; handoverId: string; keep: string }> {
  const { householdId, residentId } = of
  const me = app.asResident(residentId)
  await proveOwners(app, householdId)
  const { id: other } = await buildResident(app)
  await joinHome(app.asResident(other), { token: (await buildInvite(app, of)).token })
  const { members } = await readHome(me, { householdId })
  const memberId = members.find(({ isMe }) => !isMe)?.id ?? ''
  const { token } = await buildAsk(app)
  await answerProxy(me, { token, agree: true, householdIds: [householdId], ...CONSENT })
  const handover = await inTransaction(app.ctx(), (tx) =>
    handOver(tx, app.ctx(), {
      householdId,
      kind: 'transfer',
      effectiveAt: app.clock.now() + 30 * DAY_MS,
      source: 'staff',
      byStaff: null,
      note: '',
      kept: [],
    }),
  )
  const { invite } = await buildInvite(app, of)
  const [proxy] = (await listProxies(me)).proxies
  return { memberId, keep: memberId, inviteId: invite.id, proxyId: proxy?.id ?? '', handoverId: handover.id }
}

/** The same of a household of this company's that is made for it. */
export async function buildFamilyOf(app: TestApp, companyId: string): ReturnType<typeof buildFamily> {
  const { id: residentId } = await buildResident(app)
  const { id: householdId } = await buildHousehold(app, { companyId, members: [residentId] })
  return buildFamily(app, { householdId, residentId })
}

/** The code that lies on the telephone of a household's owner who has no wallet. */
async function buildToldCode(app: TestApp, residentId: string) {
  const ctx = app.ctx()
  const accountNo = `79${String(ctx.clock.now()).slice(-6)}${String(++serial).padStart(4, '0')}`
  const phone = `137${accountNo.slice(-8)}`
  const saved = await inTransaction(ctx, (tx) =>
    saveImportedHouseholds(tx, ctx, 'gas', new Map([[accountNo, facts({ phone })]]), new Map()),
  )
  let code = ''
  const sms = {
    ...ctx.platforms.sms,
    sendCode: async (message: { readonly code: string }) => {
      code = message.code
      return { state: 'delivered' as const, platformCode: null, platformMessageId: null, advice: null }
    },
  }
  const householdId = saved.get(accountNo) ?? ''
  await giveActCode({ ...ctx, platforms: { ...ctx.platforms, sms } }, { householdId, residentId })
  return { companyId: 'gas', accountNo, code }
}
let serial = 0

interface Case {
  readonly input: Record<string, unknown>
  readonly other: Record<string, unknown>
}

/** A resident's writes about who lives with them, each with another content under the same id. */
export function familyRepeats(
  app: () => TestApp,
): Readonly<Record<string, (who: { readonly id: string }) => Promise<Case>>> {
  const own = async (id: string) => {
    const { id: householdId } = await buildHousehold(app(), { members: [id] })
    await proveOwners(app(), householdId)
    return { householdId, residentId: id }
  }
  const family = async (id: string) => buildFamily(app(), await own(id))
  // A number that was asked for a moment ago waits a minute.
  const account = () => ({ companyId: 'gas', accountNo: `78000${String(++serial).padStart(6, '0')}` })
  return {
    'family.inviteMember': async ({ id }) => {
      const { householdId } = await own(id)
      return { input: { householdId, role: 'family' }, other: { householdId, role: 'tenant' } }
    },
    'family.revokeInvite': async ({ id }) => ({
      input: { inviteId: (await family(id)).inviteId },
      other: { inviteId: (await family(id)).inviteId },
    }),
    'family.joinHome': async () => {
      const token = async () => ({
        token: (await buildInvite(app(), await own((await buildResident(app())).id))).token,
      })
      return { input: await token(), other: await token() }
    },
    'family.setRole': async ({ id }) => {
      const { memberId } = await family(id)
      return { input: { memberId, role: 'tenant' }, other: { memberId, role: 'owner' } }
    },
    'family.removeMember': async ({ id }) => ({
      input: { memberId: (await family(id)).memberId },
      other: { memberId: (await family(id)).memberId },
    }),
    'family.askProxy': async () => ({ input: { ...ASK }, other: { ...ASK, months: 3 } }),
    'family.answerProxy': async ({ id }) => {
      const { householdId } = await own(id)
      const { version, textSha256 } = CONSENT
      const answer = {
        token: (await buildAsk(app())).token,
        householdIds: [householdId],
        version,
        textSha256,
      }
      return { input: { ...answer, agree: true }, other: { ...answer, agree: false } }
    },
    'family.sendProxyCode': async () => ({ input: account(), other: account() }),
    'family.endProxy': async ({ id }) => ({
      input: { proxyId: (await family(id)).proxyId },
      other: { proxyId: (await family(id)).proxyId },
    }),
    'family.renewProxy': async ({ id }) => {
      const { proxyId } = await family(id)
      return { input: { proxyId, months: 12 }, other: { proxyId, months: 3 } }
    },
    'family.proxyByCode': async ({ id }) => {
      const told = await buildToldCode(app(), id)
      return { input: { ...ASK, ...told }, other: { ...ASK, ...told, months: 3 } }
    },
  }
}
