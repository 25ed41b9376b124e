import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type BindingRow, bindingTable, type HouseholdRow, householdTable } from './entities'

/** SQL over households and bindings. Locks: holder, then guard (guard-store.ts), then binding. */

export async function findByAccountNos(
  reader: Reader,
  companyId: string,
  accountNos: readonly string[],
): Promise<Map<string, HouseholdRow>> {
  if (accountNos.length === 0) return new Map()
  const rows = await reader.query<HouseholdRow>(
    `SELECT * FROM household WHERE companyId = ? AND accountNo IN (${placeholders(accountNos.length)})`,
    [companyId, ...accountNos],
  )
  return new Map(rows.map((row) => [row.accountNo, row]))
}

export async function findHouseholds(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, HouseholdRow>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query<HouseholdRow>(
    `SELECT * FROM household WHERE id IN (${placeholders(ids.length)})`,
    ids,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export async function insertHouseholds(tx: Tx, rows: readonly HouseholdRow[]): Promise<void> {
  await tx.insert(householdTable, rows)
}

/** Writes what an import may change: everything but the key. */
export async function updateHousehold(tx: Tx, row: HouseholdRow): Promise<void> {
  await tx.execute(
    `UPDATE household SET ownerSealed = ?, phoneTailIndex = ?, phoneIndex = ?, factsIndex = ?, community = ?, addressText = ?, shortAddress = ?, placeId = ?, supplyId = ?, updatedAt = ?
     WHERE id = ?`,
    [
      row.ownerSealed,
      row.phoneTailIndex,
      row.phoneIndex,
      row.factsIndex,
      row.community,
      row.addressText,
      row.shortAddress,
      row.placeId,
      row.supplyId,
      row.updatedAt,
      row.id,
    ],
  )
}

/** What is bound now to any of these ids of one person, the default first, then in the order of binding. */
export async function activeBindings(reader: Reader, residentIds: readonly string[]): Promise<BindingRow[]> {
  return reader.query<BindingRow>(
    `SELECT * FROM binding WHERE residentId IN (${placeholders(residentIds.length)}) AND activeSlot = 1
      ORDER BY isDefault DESC, boundAt, id`,
    residentIds,
  )
}

export async function activeBindingsOfHousehold(reader: Reader, householdId: string): Promise<BindingRow[]> {
  return reader.query<BindingRow>(
    'SELECT * FROM binding WHERE householdId = ? AND activeSlot = 1 ORDER BY boundAt, id',
    [householdId],
  )
}

/**
 * Which of these households the resident has bound now. A raw query on the unique key, because it stands before
 * every read of bills (bench bills).
 */
export async function boundAmong(
  reader: Reader,
  residentIds: readonly string[],
  householdIds: readonly string[],
): Promise<Set<string>> {
  const rows = await reader.query<{ householdId: string }>(
    `SELECT householdId FROM binding
      WHERE residentId IN (${placeholders(residentIds.length)})
        AND householdId IN (${placeholders(householdIds.length)}) AND activeSlot = 1`,
    [...residentIds, ...householdIds],
  )
  return new Set(rows.map((row) => row.householdId))
}

/** One person's active bindings to one household; a merge can leave two. */
export async function bindingsAmong(
  reader: Reader,
  residentIds: readonly string[],
  householdId: string,
): Promise<BindingRow[]> {
  return reader.query<BindingRow>(
    `SELECT * FROM binding WHERE residentId IN (${placeholders(residentIds.length)})
      AND householdId = ? AND activeSlot = 1 ORDER BY boundAt, id`,
    [...residentIds, householdId],
  )
}

/** A binding that was there becomes an owner's, with what proves it. */
export async function proveOwner(tx: Tx, bindingId: string): Promise<void> {
  await tx.execute("UPDATE binding SET role = 'owner', proof = 'code' WHERE id = ? AND activeSlot = 1", [
    bindingId,
  ])
}

export async function findBinding(reader: Reader, id: string): Promise<BindingRow | null> {
  const rows = await reader.query<BindingRow>('SELECT * FROM binding WHERE id = ? AND activeSlot = 1', [id])
  return rows[0] ?? null
}

export async function setStanding(
  tx: Tx,
  id: string,
  { role, proof }: { readonly role: BindingRow['role']; readonly proof: 'invite' | 'consent' },
): Promise<void> {
  await tx.execute('UPDATE binding SET role = ?, proof = ? WHERE id = ? AND activeSlot = 1', [
    role,
    proof,
    id,
  ])
}

export async function insertBinding(tx: Tx, row: BindingRow): Promise<void> {
  await tx.insert(bindingTable, row)
}

export async function endBinding(tx: Tx, id: string, now: number): Promise<boolean> {
  const ended = await tx.execute(
    'UPDATE binding SET unboundAt = ?, activeSlot = NULL, isDefault = 0 WHERE id = ? AND activeSlot = 1',
    [now, id],
  )
  return ended === 1
}

/** Makes one of a person's bindings the default and all others not. */
export async function makeDefault(tx: Tx, residentIds: readonly string[], bindingId: string): Promise<void> {
  await tx.execute(
    `UPDATE binding SET isDefault = CASE WHEN id = ? THEN 1 ELSE 0 END
      WHERE residentId IN (${placeholders(residentIds.length)}) AND activeSlot = 1`,
    [bindingId, ...residentIds],
  )
}

/** The last binding of these two, ended or not. */
export async function latestBinding(
  reader: Reader,
  residentIds: readonly string[],
  householdId: string,
): Promise<BindingRow | null> {
  const rows = await reader.query<BindingRow>(
    `SELECT * FROM binding WHERE residentId IN (${placeholders(residentIds.length)}) AND householdId = ?
      ORDER BY boundAt DESC, id DESC LIMIT 1`,
    [...residentIds, householdId],
  )
  return rows[0] ?? null
}

/** Ids of households of a company that have this number on file, the oldest first. */
export async function householdsWithPhone(
  reader: Reader,
  of: { readonly companyId: string; readonly phoneIndex: string },
  limit: number,
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM household WHERE phoneIndex = ? AND companyId = ? ORDER BY id LIMIT ${limit}`,
    [of.phoneIndex, of.companyId],
  )
  return rows.map(({ id }) => id)
}
