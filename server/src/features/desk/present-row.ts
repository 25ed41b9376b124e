import { maskAddress } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { catalogueVersion, serviceTypeOf } from '../catalogue'
import { contactOf, dueAtOf, type InboxRow, WORDS_HIDDEN } from '../requests'
import { clockKinds } from './clock-kinds'
import { excerptOf } from './hush'
import { namesFor } from './names'
import type { DeskRow } from './schema'

type Typed = Pick<InboxRow, 'companyId' | 'typeId' | 'catalogueVersion'>

/** What the types of these requests are called in the versions they were made under. */
export async function typeNames(ctx: Ctx, rows: readonly Typed[]): Promise<(row: Typed) => string> {
  const versions = new Map(rows.map((row) => [`${row.companyId} ${row.catalogueVersion}`, row]))
  // Versions are parsed once in a process, so this waits for nothing but the first time.
  const known = await Promise.all(
    [...versions].map(
      async ([key, row]) => [key, await catalogueVersion(ctx, row.companyId, row.catalogueVersion)] as const,
    ),
  )
  const bodies = new Map(known.map(([key, { body }]) => [key, body]))
  return (row) => {
    const body = bodies.get(`${row.companyId} ${row.catalogueVersion}`)
    return (body && serviceTypeOf(body, row.typeId)?.name) ?? row.typeId
  }
}

/** Lines of the inbox; a fixed number of questions however many there are. */
export async function presentRows(ctx: Ctx, rows: readonly InboxRow[]): Promise<DeskRow[]> {
  const [typeName, names, kinds] = await Promise.all([
    typeNames(ctx, rows),
    namesFor(ctx, rows),
    clockKinds(ctx, rows),
  ])
  const now = ctx.clock.now()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    version: row.version,
    companyId: row.companyId,
    typeId: row.typeId,
    typeName: typeName(row),
    class: row.class,
    state: row.state,
    priority: row.priority,
    areaName: row.areaName === '' ? null : row.areaName,
    addressMasked: addressOf(ctx, row),
    excerpt: row.wordsHidden === 1 ? WORDS_HIDDEN : excerptOf(row.words),
    team: names.team(row.teamId),
    assignee: names.staff(row.assigneeId),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    clock: clockOf(row, kinds.get(row.id) ?? null, now),
    urges: row.urges,
    urgesWaiting: row.urgesWaiting,
    wordsFlagged: row.wordsFlagged === 1,
    reopened: row.reopened,
    escalation: row.escalation,
    children: row.children,
    hasPhotos: row.hasPhotos === 1,
  }))
}

/** Where it is, without building and door; nothing of somebody who did not want to be known. */
function addressOf(ctx: Ctx, row: Pick<InboxRow, 'anonymous' | 'areaName' | 'contactSealed'>): string | null {
  if (row.anonymous === 1) return null
  if (row.areaName !== '') return maskArea(row.areaName)
  const address =
    row.contactSealed === null ? null : contactOf(ctx, { contactSealed: row.contactSealed }).address
  return address ? maskAddress(address) : null
}

/** `松海园 41号楼` → `松海园*号楼`. */
function maskArea(areaName: string): string {
  const [community = '', building] = areaName.split(' ')
  return building === undefined ? community : maskAddress(community + building)
}

function clockOf(
  row: Pick<InboxRow, 'nextDueAt' | 'nextWarnAt'>,
  kind: NonNullable<DeskRow['clock']>['kind'] | null,
  now: number,
): DeskRow['clock'] {
  if (kind === null) return null
  const dueAt = dueAtOf(row.nextDueAt)
  const state = dueAt === null ? 'paused' : dueAt < now ? 'missed' : 'running'
  return { kind, dueAt, warnAt: dueAtOf(row.nextWarnAt), state }
}
