import { placeholders, type Reader, type Tx } from '../../core/db/database'
import { type StaffTeamRow, staffTeamTable } from './entities'

export async function findTeams(
  reader: Reader,
  companies: readonly string[] | null,
): Promise<StaffTeamRow[]> {
  if (companies === null)
    return reader.query<StaffTeamRow>('SELECT * FROM staff_team ORDER BY companyId, name LIMIT 1000')
  if (companies.length === 0) return []
  return reader.query<StaffTeamRow>(
    `SELECT * FROM staff_team WHERE companyId IN (${placeholders(companies.length)})
      ORDER BY companyId, name LIMIT 1000`,
    companies,
  )
}

export async function findTeam(reader: Reader, id: string): Promise<StaffTeamRow | null> {
  const rows = await reader.query<StaffTeamRow>('SELECT * FROM staff_team WHERE id = ?', [id])
  return rows[0] ?? null
}

export async function insertTeam(tx: Tx, row: StaffTeamRow): Promise<void> {
  await tx.insert(staffTeamTable, row)
}

export async function updateTeam(tx: Tx, row: StaffTeamRow): Promise<void> {
  await tx.execute('UPDATE staff_team SET name = ?, leadId = ?, areaIds = ?, updatedAt = ? WHERE id = ?', [
    row.name,
    row.leadId,
    row.areaIds,
    row.updatedAt,
    row.id,
  ])
}
