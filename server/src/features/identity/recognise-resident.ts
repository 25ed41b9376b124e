import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { PlatformIdentity } from '../../platforms'
import type { IdentityRow, ResidentRow } from './entities'
import { mergeResidents } from './merge-residents'
import {
  claimUnion,
  findIdentity,
  insertIdentity,
  insertResident,
  lockLivingResident,
  lockResidents,
  saveIdentityLogin,
} from './store'

/** Who somebody turned out to be: the person, and the wallet account that said so. */
interface Recognised {
  readonly resident: ResidentRow
  readonly identityId: string
}

/**
 * Finds or makes the resident behind an identity that a platform gave to our own server. The same account is the
 * same person; another account with the same unionid is too. The account's row is written first: its unique key
 * decides between two first logins at once, and the slower one takes the faster one's resident.
 */
export async function recogniseResident(tx: Tx, ctx: Ctx, found: PlatformIdentity): Promise<Recognised> {
  const key = {
    provider: found.provider,
    appId: found.appId,
    idType: found.idType,
    subjectIndex: subjectIndex(ctx, found),
  }
  const known = await findIdentity(tx, key)
  if (known) return comeBack(tx, ctx, known, found)

  const now = ctx.clock.now()
  const fresh: IdentityRow = {
    id: ctx.ids.next(),
    ...key,
    residentId: ctx.ids.next(),
    subjectSealed: ctx.vault.seal(found.subject),
    unionIndex: unionIndex(ctx, found),
    linkedAt: now,
    lastLoginAt: now,
  }
  if (await insertIdentity(tx, fresh)) return welcome(tx, ctx, fresh)
  const faster = await findIdentity(tx, key)
  if (!faster) throw new Error('An identity was taken and gone again inside one transaction.')
  return comeBack(tx, ctx, faster, found)
}

/** The first time that we see this account: a person whom we know by unionid, or a new one. */
async function welcome(tx: Tx, ctx: Ctx, identity: IdentityRow): Promise<Recognised> {
  const owner = identity.unionIndex
    ? await claimUnion(tx, identity.unionIndex, identity.residentId)
    : identity.residentId
  if (owner === identity.residentId) {
    const resident = newResident(ctx, identity.residentId)
    await insertResident(tx, resident)
    return { resident, identityId: identity.id }
  }
  const resident = await living(tx, owner)
  await saveIdentityLogin(tx, { ...identity, residentId: resident.id })
  return { resident, identityId: identity.id }
}

async function comeBack(
  tx: Tx,
  ctx: Ctx,
  identity: IdentityRow,
  found: PlatformIdentity,
): Promise<Recognised> {
  const union = unionIndex(ctx, found)
  const news = union !== null && union !== identity.unionIndex
  const resident = news
    ? await joinByUnion(tx, ctx, identity.residentId, union)
    : await living(tx, identity.residentId)
  await saveIdentityLogin(tx, {
    id: identity.id,
    residentId: resident.id,
    unionIndex: news ? union : identity.unionIndex,
    lastLoginAt: ctx.clock.now(),
  })
  return { resident, identityId: identity.id }
}

/**
 * An account that we knew without a unionid now has one (the operator bound its apps to one open-platform
 * account). When the unionid is another resident's, the two rows were one person all along.
 */
async function joinByUnion(tx: Tx, ctx: Ctx, residentId: string, union: string): Promise<ResidentRow> {
  const owner = await claimUnion(tx, union, residentId)
  if (owner === residentId) return living(tx, residentId)
  const locked = await lockResidents(tx, [residentId, owner])
  const from = locked.get(residentId)
  const into = locked.get(owner)
  const stale = !from || !into || from.mergedInto !== null || into.mergedInto !== null
  if (stale) return living(tx, residentId)
  return (await mergeResidents(tx, ctx, { from, into, keepSessionId: null, because: 'unionid' })) ?? from
}

async function living(tx: Tx, residentId: string): Promise<ResidentRow> {
  const resident = await lockLivingResident(tx, residentId)
  if (!resident) throw new Error(`The identity of resident ${residentId} has no resident.`)
  return resident
}

export function newResident(ctx: Ctx, id: string): ResidentRow {
  return {
    id,
    phoneSealed: null,
    phoneIndex: null,
    phoneVerifiedAt: null,
    elderMode: 0,
    mergedInto: null,
    createdAt: ctx.clock.now(),
    endedAt: null,
  }
}

/** The app and the kind of id are part of the index, so an Alipay id that reads like an openid is another one. */
function subjectIndex(ctx: Ctx, found: PlatformIdentity): string {
  return ctx.vault.index('identity', [found.provider, found.appId, found.idType, found.subject].join('\n'))
}

function unionIndex(ctx: Ctx, found: PlatformIdentity): string | null {
  return found.unionId ? ctx.vault.index('unionid', found.unionId) : null
}
