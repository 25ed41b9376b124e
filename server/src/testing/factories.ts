import { inTransaction } from '../core/db/database'
import { billTable, type BillRow } from '../features/billing/entities'
import { bindingTable, householdTable } from '../features/households/entities'
import { sealOwner } from '../features/households/owner'
import { identityTable, residentTable } from '../features/identity/entities'
import { identityKeyOf } from '../features/identity/identity-key'
import type { PlatformIdentity } from '../platforms'
import type { TestApp } from './harness'
import { TEST_APPS } from './config'

/** Rows for tests, with the parents they need. Every value can be given; none is looked at unless it is. */

export async function buildResident(app: TestApp): Promise<{ id: string }> {
  const { ids, vault, clock } = app.ctx()
  const id = ids.next()
  const now = clock.now()
  const accounts: Pick<PlatformIdentity, 'provider' | 'appId' | 'idType'>[] = [
    { provider: 'wechat-mini', appId: TEST_APPS.wechatMini, idType: 'openid' },
    { provider: 'wechat-oa', appId: TEST_APPS.wechatOa, idType: 'openid' },
    { provider: 'alipay', appId: TEST_APPS.alipayMini, idType: 'open_id' },
  ]
  await inTransaction(app.ctx(), async (tx) => {
    await tx.insert(residentTable, {
      id,
      phoneSealed: null,
      phoneIndex: null,
      phoneVerifiedAt: null,
      guestUntil: null,
      elderMode: 0,
      mergedInto: null,
      createdAt: now,
      endedAt: null,
    })
    await tx.insert(
      identityTable,
      accounts.map((account) => {
        const subject = `${account.provider}-${id}`
        return {
          id: ids.next(),
          residentId: id,
          ...identityKeyOf(app.ctx(), { ...account, subject }),
          subjectSealed: vault.seal(subject),
          unionIndex: null,
          linkedAt: now,
          lastLoginAt: now,
        }
      }),
    )
  })
  return { id }
}

let accountSerial = 2_100_000_000

export async function buildHousehold(
  app: TestApp,
  input: { companyId?: string; members?: readonly string[] } = {},
): Promise<{ id: string; accountNo: string }> {
  const { ids, vault, clock } = app.ctx()
  const id = ids.next()
  const accountNo = `00${++accountSerial}`
  const now = clock.now()
  await inTransaction(app.ctx(), async (tx) => {
    await tx.insert(householdTable, {
      id,
      companyId: input.companyId ?? 'heating',
      accountNo,
      ownerSealed: sealOwner(vault, { name: '张玉', phone: null }),
      phoneTailIndex: null,
      phoneIndex: null,
      factsIndex: '',
      community: '松海园',
      addressText: '松海园41号楼6单元404',
      shortAddress: '松海园 41-6-404',
      placeId: ids.next(),
      supplyId: null,
      createdAt: now,
      updatedAt: now,
    })
    for (const residentId of input.members ?? []) {
      await tx.insert(bindingTable, {
        id: ids.next(),
        residentId,
        householdId: id,
        role: 'owner',
        isDefault: 1,
        boundAt: now,
        unboundAt: null,
        activeSlot: 1,
      })
    }
  })
  return { id, accountNo }
}

export async function buildBill(
  app: TestApp,
  household: { id: string; accountNo: string },
  over: Partial<BillRow> = {},
): Promise<BillRow> {
  const { ids, clock } = app.ctx()
  const now = clock.now()
  const row: BillRow = {
    id: ids.next(),
    companyId: 'heating',
    householdId: household.id,
    accountNo: household.accountNo,
    kind: 'heating',
    period: '2026-2027',
    title: '供热 2026-2027',
    amountFen: 363408,
    lateFeeFen: 1808,
    paidFen: 0,
    state: 'open',
    dueOn: '2026-10-31',
    readBy: null,
    comparedFen: '361600,0,0,1808',
    detail: '{}',
    asOf: now,
    sourceName: '开热公司收费系统',
    version: 1,
    heldByPaymentId: null,
    heldByResidentId: null,
    heldAt: null,
    createdAt: now,
    updatedAt: now,
    ...over,
  }
  await inTransaction(app.ctx(), (tx) => tx.insert(billTable, row))
  return row
}
