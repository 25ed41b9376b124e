import { type Ctx, staffOf } from '../../platforms/context'
import { staffByIds, staffDoor } from '../staff'
import { mayDecide } from './decide-export'
import type { ExportRow } from './entities'
import { exportColumns } from './export-columns'
import { WAITS_MS } from './export-inbox'
import { exportsOf, waitingExports } from './export-store'
import type { ExportView } from './export-schema'

const MINE_SHOWN = 20
const WAITING_READ = 200

/** My latest exports, and those of colleagues that wait for my word. */
export async function listExports(ctx: Ctx): Promise<{ mine: ExportView[]; toDecide: ExportView[] }> {
  const me = staffOf(ctx)
  const { reader } = ctx.db
  const now = ctx.clock.now()
  const [mine, waiting] = await Promise.all([
    exportsOf(reader, me.id, MINE_SHOWN),
    staffDoor.may('desk.decideExport', me) ? waitingExports(reader, now, WAITING_READ) : [],
  ])
  const others = waiting.filter((row) => row.staffId !== me.id && mayDecide(ctx, row))
  const people = await staffByIds(
    reader,
    others.map(({ staffId }) => staffId),
  )
  const nameOf = (staffId: string): string =>
    staffId === me.id ? me.name : (people.get(staffId)?.name ?? '已离职')
  const present = (row: ExportRow): ExportView => presentExport(row, nameOf(row.staffId), now)
  return { mine: mine.map(present), toDecide: others.map(present) }
}

function presentExport(row: ExportRow, askedBy: string, now: number): ExportView {
  return {
    exportId: row.id,
    askedBy,
    askedAt: row.createdAt,
    state: stateOf(row, now),
    rows: row.rowsFound,
    query: row.query,
    columns: exportColumns(JSON.parse(row.chosen) as string[]).map(({ title }) => title),
    reason: row.reason,
    decidedBy: row.decidedByName,
    decidedAt: row.decidedAt,
    decidedWords: row.decidedWords,
    until: row.state === 'approved' ? (row.decidedAt ?? 0) + WAITS_MS : row.expiresAt,
  }
}

function stateOf(row: ExportRow, now: number): ExportView['state'] {
  if (row.takenAt !== null) return 'taken'
  if (row.state === 'refused') return 'refused'
  const until = row.state === 'approved' ? (row.decidedAt ?? 0) + WAITS_MS : row.expiresAt
  return until <= now ? 'expired' : row.state
}
