import { placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  type InviteRow,
  inviteTable,
  type ProxyActRow,
  proxyActTable,
  type ProxyConsentRow,
  proxyConsentTable,
  type ProxyRow,
  proxyTable,
} from './entities'

/** SQL over invitations and consents to act. Locks: household, then invitation or proxy, then holder. */

export async function insertInvite(tx: Tx, row: InviteRow): Promise<void> {
  await tx.insert(inviteTable, row)
}

export async function inviteByToken(reader: Reader, tokenHash: string): Promise<InviteRow | null> {
  const rows = await reader.query<InviteRow>('SELECT * FROM family_invite WHERE tokenHash = ?', [tokenHash])
  return rows[0] ?? null
}

export async function findInvite(reader: Reader, id: string): Promise<InviteRow | null> {
  const rows = await reader.query<InviteRow>('SELECT * FROM family_invite WHERE id = ?', [id])
  return rows[0] ?? null
}

/** Takes an open invitation out of use; false when somebody else was faster. */
export async function closeInvite(
  tx: Tx,
  id: string,
  how: { readonly state: 'used' | 'revoked'; readonly by: string; readonly now: number },
): Promise<boolean> {
  const closed = await tx.execute(
    "UPDATE family_invite SET state = ?, usedAt = ?, usedBy = ? WHERE id = ? AND state = 'open'",
    [how.state, how.now, how.by, id],
  )
  return closed === 1
}

export async function openInvites(reader: Reader, householdId: string, now: number): Promise<InviteRow[]> {
  return reader.query<InviteRow>(
    "SELECT * FROM family_invite WHERE householdId = ? AND state = 'open' AND expiresAt > ? ORDER BY id LIMIT 50",
    [householdId, now],
  )
}

export async function insertProxy(tx: Tx, row: ProxyRow): Promise<void> {
  await tx.insert(proxyTable, row)
}

export async function proxyByToken(reader: Reader, tokenHash: string): Promise<ProxyRow | null> {
  const rows = await reader.query<ProxyRow>('SELECT * FROM family_proxy WHERE tokenHash = ?', [tokenHash])
  return rows[0] ?? null
}

export async function findProxy(reader: Reader, id: string): Promise<ProxyRow | null> {
  const rows = await reader.query<ProxyRow>('SELECT * FROM family_proxy WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function lockProxy(tx: Tx, id: string): Promise<ProxyRow | null> {
  const rows = await tx.query<ProxyRow>(`SELECT * FROM family_proxy WHERE id = ?${tx.forUpdate}`, [id])
  return rows[0] ?? null
}

export async function saveProxy(tx: Tx, row: ProxyRow): Promise<void> {
  await tx.execute(
    `UPDATE family_proxy SET householdId = ?, agentBindingId = ?, principalResidentId = ?, principalBindingId = ?,
      state = ?, startedAt = ?, until = ?, endedAt = ?, endedBy = ? WHERE id = ?`,
    [
      row.householdId,
      row.agentBindingId,
      row.principalResidentId,
      row.principalBindingId,
      row.state,
      row.startedAt,
      row.until,
      row.endedAt,
      row.endedBy,
      row.id,
    ],
  )
}

const SHOWN = 50

export async function proxiesOfHousehold(reader: Reader, householdId: string): Promise<ProxyRow[]> {
  return reader.query<ProxyRow>(
    `SELECT * FROM family_proxy WHERE householdId = ? AND state IN ('active', 'ended')
      ORDER BY id DESC LIMIT ${SHOWN}`,
    [householdId],
  )
}

/** Where these people act, are acted for, or ask to act. */
export async function proxiesOfPeople(reader: Reader, residentIds: readonly string[]): Promise<ProxyRow[]> {
  const people = placeholders(residentIds.length)
  return reader.query<ProxyRow>(
    `SELECT * FROM family_proxy WHERE agentResidentId IN (${people}) OR principalResidentId IN (${people})
      ORDER BY id DESC LIMIT ${SHOWN}`,
    [...residentIds, ...residentIds],
  )
}

/** The right by which somebody did something in a household at that moment; null when they acted for themselves. */
export async function proxyAt(
  reader: Reader,
  of: { readonly residentIds: readonly string[]; readonly householdId: string; readonly at: number },
): Promise<ProxyRow | null> {
  const rows = await reader.query<ProxyRow>(
    `SELECT * FROM family_proxy WHERE agentResidentId IN (${placeholders(of.residentIds.length)})
      AND householdId = ? AND startedAt <= ? AND (endedAt IS NULL OR endedAt >= ?) ORDER BY id DESC LIMIT 1`,
    [...of.residentIds, of.householdId, of.at, of.at],
  )
  return rows[0] ?? null
}

/** Active ones after this id, for the walk that ends what is over. */
export async function activeProxies(reader: Reader, afterId: string, limit: number): Promise<ProxyRow[]> {
  return reader.query<ProxyRow>(
    `SELECT * FROM family_proxy WHERE state = 'active' AND id > ? ORDER BY id LIMIT ${limit}`,
    [afterId],
  )
}

export async function insertConsent(tx: Tx, row: ProxyConsentRow): Promise<void> {
  await tx.insert(proxyConsentTable, row)
}

export async function insertAct(tx: Tx, row: ProxyActRow): Promise<void> {
  await tx.insert(proxyActTable, row)
}

export async function actsOfProxies(reader: Reader, ids: readonly string[]): Promise<ProxyActRow[]> {
  if (ids.length === 0) return []
  return reader.query<ProxyActRow>(
    `SELECT * FROM family_act WHERE proxyId IN (${placeholders(ids.length)}) ORDER BY id DESC LIMIT 200`,
    ids,
  )
}
