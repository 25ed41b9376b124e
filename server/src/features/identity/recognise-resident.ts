import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { PlatformIdentity } from '../../platforms'
import type { IdentityRow, ResidentRow } from './entities'
import { type IdentityKey, identityKeyOf } from './identity-key'
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
 * same person; another account with the same unionid is too, and so is one that we know under its older name. The
 * account's row is written first: its unique key
 * decides between two first logins at once, and the slower one takes the faster one's resident.
 */
export async function recogniseResident(tx: Tx, ctx: Ctx, found: PlatformIdentity): Promise<Recognised> {
  if (!found.alias) return recogniseByName(tx, ctx, found, null)
  const { alias, ...own } = found
  const older: PlatformIdentity = { ...own, ...alias, unionId: null }
  const known = await findIdentity(tx, identityKeyOf(ctx, older))
  const recognised = await recogniseByName(tx, ctx, own, known)
  return linkOlderName(tx, ctx, recognised, older)
}

/** `older`: the same account under another name, whose resident it is when this name is new to us. */
async function recogniseByName(
  tx: Tx,
  ctx: Ctx,
  found: PlatformIdentity,
  older: IdentityRow | null,
): Promise<Recognised> {
  const key = identityKeyOf(ctx, found)
  const known = await findIdentity(tx, key)
  if (known) return comeBack(tx, ctx, known, found)

  const owner = older ? await living(tx, older.residentId) : null
  const fresh = freshIdentity(ctx, found, owner?.id ?? ctx.ids.next())
  if (await insertIdentity(tx, fresh))
    return owner ? { resident: owner, identityId: fresh.id } : welcome(tx, ctx, fresh)
  return comeBack(tx, ctx, await taken(tx, key), found)
}

/** Remembers the older name too. When it was another resident's, the two rows were one person all along. */
async function linkOlderName(
  tx: Tx,
  ctx: Ctx,
  recognised: Recognised,
  older: PlatformIdentity,
): Promise<Recognised> {
  const key = identityKeyOf(ctx, older)
  const { resident, identityId } = recognised
  // Nobody came in by this name now, so where one of the two is chosen (to pay, to send a message) it comes last.
  const row: IdentityRow = { ...freshIdentity(ctx, older, resident.id), lastLoginAt: 0 }
  const known =
    (await findIdentity(tx, key)) ?? ((await insertIdentity(tx, row)) ? row : await taken(tx, key))
  if (known.residentId === resident.id) return recognised
  // The one who was there first stays.
  const [first, second] = [known.residentId, resident.id].sort()
  const into = first ?? resident.id
  const joined = await join(tx, ctx, { from: second ?? resident.id, into, because: 'account-names' })
  return { resident: joined ?? (await living(tx, resident.id)), identityId }
}

async function taken(tx: Tx, key: IdentityKey): Promise<IdentityRow> {
  const faster = await findIdentity(tx, key)
  if (!faster) throw new Error('An identity was taken and gone again inside one transaction.')
  return faster
}

function freshIdentity(ctx: Ctx, found: PlatformIdentity, residentId: string): IdentityRow {
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    ...identityKeyOf(ctx, found),
    residentId,
    subjectSealed: ctx.vault.seal(found.subject),
    unionIndex: unionIndex(ctx, found),
    linkedAt: now,
    lastLoginAt: now,
  }
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
  const joined = await join(tx, ctx, { from: residentId, into: owner, because: 'unionid' })
  return joined ?? living(tx, residentId)
}

/** Null, and nothing changed, when a merge was faster or both have a verified phone of their own. */
async function join(
  tx: Tx,
  ctx: Ctx,
  two: { from: string; into: string; because: 'unionid' | 'account-names' },
): Promise<ResidentRow | null> {
  const locked = await lockResidents(tx, [two.from, two.into])
  const from = locked.get(two.from)
  const into = locked.get(two.into)
  const stale = !from || !into || from.mergedInto !== null || into.mergedInto !== null
  return stale ? null : mergeResidents(tx, ctx, { from, into, keepSessionId: null, because: two.because })
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
    guestUntil: null,
  }
}

function unionIndex(ctx: Ctx, found: PlatformIdentity): string | null {
  return found.unionId ? ctx.vault.index('unionid', found.unionId) : null
}
