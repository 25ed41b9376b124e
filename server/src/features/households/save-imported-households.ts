import { type AuditEntry, recordAudits } from '../../core/audit'
import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import type { CoreCtx } from '../../core/context'
import type { Tx } from '../../core/db/database'
import { addressText, shortAddress } from './address'
import { type AreaCache, type AreasOfHousehold, ensureAreas } from './area-store'
import type { HouseholdRow } from './entities'
import { handOver } from './hand-over'
import type { ImportedHousehold } from './imported-household'
import { ownerPhoneIndex, phoneTailIndex } from './indexes'
import { openOwner, sealOwner } from './owner'
import { findByAccountNos, insertHouseholds, updateHousehold } from './store'
import { cut } from './text'

interface Change {
  readonly accountNo: string
  readonly facts: ImportedHousehold
  readonly factsIndex: string
  readonly before: HouseholdRow | null
}

/**
 * Makes or changes the households of one import batch, in the caller's transaction, and answers their ids by account
 * number. What an import repeats is not written again. A new owner's name is a change of holder from today on. `meanwhile` gets the ids while the
 * database writes the new ones. It must not use the transaction: after a deadlock the server would carry out what
 * waits in line outside of it.
 */
export async function saveImportedHouseholds(
  tx: Tx,
  ctx: CoreCtx,
  companyId: string,
  households: ReadonlyMap<string, ImportedHousehold>,
  areaCache: AreaCache,
  meanwhile: (ids: ReadonlyMap<string, string>) => void = () => undefined,
): Promise<Map<string, string>> {
  const known = await findByAccountNos(tx, companyId, [...households.keys()])
  const ids = new Map<string, string>()
  const changes: Change[] = []
  for (const [accountNo, facts] of households) {
    const before = known.get(accountNo) ?? null
    const factsIndex = ctx.vault.index('household-facts', JSON.stringify(facts))
    if (before !== null) ids.set(accountNo, before.id)
    if (before?.factsIndex !== factsIndex) changes.push({ accountNo, facts, factsIndex, before })
  }
  const areas = await ensureAreas(
    tx,
    ctx,
    companyId,
    changes.map(({ facts }) => facts),
    areaCache,
  )
  const fresh: HouseholdRow[] = []
  const corrections: Correction[] = []
  for (const [index, change] of changes.entries()) {
    const place = areas[index]
    if (place === undefined) throw new Error('every changed household has its areas')
    const row = householdRow(ctx, companyId, change, place)
    ids.set(change.accountNo, row.id)
    if (change.before === null) fresh.push(row)
    else {
      await updateHousehold(tx, row)
      if (hasNewOwner(ctx, change.before, row)) await handOverByImport(tx, ctx, row.id)
      corrections.push(...correctionOf(ctx, change.before, row))
    }
  }
  if (corrections.length > 0) await recordAudits(tx, corrections)
  await Promise.all([insertHouseholds(tx, fresh), Promise.resolve(ids).then(meanwhile)])
  return ids
}

function householdRow(
  ctx: CoreCtx,
  companyId: string,
  change: Change,
  areas: AreasOfHousehold,
): HouseholdRow {
  const { accountNo, facts, factsIndex, before } = change
  const now = ctx.clock.now()
  const id = before?.id ?? ctx.ids.next()
  const name = cut(facts.ownerName, 80)
  const phone = facts.phone ?? keptPhone(ctx, name, before)
  return {
    id,
    companyId,
    accountNo,
    ownerSealed: sealOwner(ctx.vault, { name, phone }),
    phoneTailIndex: phone === null ? null : phoneTailIndex(ctx.vault, id, phone.slice(-4)),
    phoneIndex: phone === null ? null : ownerPhoneIndex(ctx.vault, phone),
    factsIndex,
    community: cut(facts.place.community, 80),
    addressText: cut(addressText(facts.place), 200),
    shortAddress: cut(shortAddress(facts.place), 80),
    ...areas,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  }
}

/**
 * An export without a usable number keeps the one on file only while the owner is the same: after a change of owner
 * the former owner's phone must not open the household any more.
 */
function keptPhone(ctx: CoreCtx, name: string, before: HouseholdRow | null): string | null {
  if (before === null) return null
  const owner = openOwner(ctx.vault, before)
  return owner.name === name ? owner.phone : null
}

const NAMES_ALIKE = /[\s·・•.]/g

/** Whether the export names somebody else. A name that is masked, missing or only written otherwise is no news. */
function hasNewOwner(ctx: CoreCtx, before: HouseholdRow, after: HouseholdRow): boolean {
  const plain = (row: HouseholdRow): string =>
    openOwner(ctx.vault, row).name.normalize('NFKC').replace(NAMES_ALIKE, '')
  const [then, now] = [plain(before), plain(after)]
  return then !== '' && now !== '' && then !== now && !now.includes('*') && !then.includes('*')
}

interface Correction {
  readonly ctx: CoreCtx
  readonly entry: AuditEntry
}

/**
 * What an export says otherwise of whose home this is and where. The audit holds keyed hashes of what was and what is,
 * so that a copy of the old paper can be told right or wrong years later, and no name and no address (PIPL 46).
 */
function correctionOf(ctx: CoreCtx, before: HouseholdRow, after: HouseholdRow): Correction[] {
  const [then, now] = [factsOn(ctx, before), factsOn(ctx, after)]
  const changed = FACTS.filter((fact) => then[fact] !== now[fact])
  if (changed.length === 0) return []
  const hashed = (of: Facts): object =>
    Object.fromEntries(changed.map((fact) => [fact, ctx.vault.index(`household-${fact}`, of[fact])]))
  const detail = { before: hashed(then), after: hashed(now) }
  return [{ ctx, entry: { action: 'households.correct', object: `household:${after.id}`, detail } }]
}

const FACTS = ['ownerName', 'phone', 'address'] as const
type Facts = Readonly<Record<(typeof FACTS)[number], string>>

function factsOn(ctx: CoreCtx, row: HouseholdRow): Facts {
  const { name, phone } = openOwner(ctx.vault, row)
  return { ownerName: name, phone: phone ?? '', address: `${row.community} ${row.addressText}` }
}

/** An export does not say since when: it is as old as the import, and staff may correct it. */
async function handOverByImport(tx: Tx, ctx: CoreCtx, householdId: string): Promise<void> {
  await handOver(tx, ctx, {
    householdId,
    kind: 'transfer',
    effectiveAt: shanghaiDayStart(shanghaiDay(ctx.clock.now())),
    source: 'import',
    byStaff: null,
    note: '',
    kept: [],
  })
}
