import type { Ctx } from '../../platforms/context'
import { householdsByIds } from '../households'
import { staffByIds } from '../staff'
import { audienceOf } from './audience'
import type { NoticeRow, VersionRow } from './entities'
import { newestPreviews } from './preview-store'
import { namedCounts } from './public-store'
import type { DraftInput, NoticeDeskRow, PreviewView } from './schema'
import { areasOf, unknownAccounts, versionsOf } from './store'
import { areaWords, shownOf } from './words'

const AREAS_SHOWN = 20

/** Whether one of the published versions of each notice said that it takes longer. */
export function extendedAmong(versions: readonly VersionRow[]): ReadonlySet<string> {
  return new Set(
    versions
      .filter(({ said, state }) => said === 'extended' && state === 'published')
      .map(({ noticeId }) => noticeId),
  )
}

/** Rows of the desk, in the order of the notices. */
export async function presentDeskRows(ctx: Ctx, notices: readonly NoticeRow[]): Promise<NoticeDeskRow[]> {
  const { reader } = ctx.db
  const ids = notices.map(({ id }) => id)
  const [versions, areas, previews, people, named] = await Promise.all([
    versionsOf(reader, ids),
    areasOf(reader, ids),
    newestPreviews(reader, ids),
    staffByIds(
      reader,
      notices.map(({ createdBy }) => createdBy),
    ),
    namedCounts(reader, ids),
  ])
  const extended = extendedAmong(versions)
  const now = ctx.clock.now()
  return notices.map((notice) => ({
    id: notice.id,
    number: notice.number,
    companyId: notice.companyId,
    kind: notice.kind,
    state: notice.state,
    shown: shownOf(notice, extended.has(notice.id), now),
    title: notice.title,
    startsAt: notice.startsAt,
    endsAt: notice.endsAt,
    version: notice.version,
    revision: notice.revision,
    areas: [
      ...areas
        .filter(({ noticeId }) => noticeId === notice.id)
        .slice(0, AREAS_SHOWN)
        .map(({ fullName }) => areaWords(fullName)),
      ...(named.has(notice.id) ? [`指定的${named.get(notice.id) ?? 0}户`] : []),
    ],
    households: householdsOf(previews.get(notice.id)?.result ?? null),
    createdBy: { id: notice.createdBy, name: people.get(notice.createdBy)?.name ?? '已停用的同事' },
    updatedAt: notice.updatedAt,
  }))
}

function householdsOf(result: string | null): number | null {
  return result === null ? null : (JSON.parse(result) as PreviewView).households
}

/** One row, for the answer of an act. */
export async function presentDeskRow(ctx: Ctx, notice: NoticeRow): Promise<NoticeDeskRow> {
  const [row] = await presentDeskRows(ctx, [notice])
  if (!row) throw new Error('one notice is presented as one row')
  return row
}

const AT_ONCE = 1000

/** The draft as its form has it, with the account numbers that nobody has. */
export async function presentDraft(ctx: Ctx, notice: NoticeRow, version: VersionRow): Promise<DraftInput> {
  const { reader } = ctx.db
  const { areas, householdIds } = await audienceOf(reader, notice.id)
  const accountNos: string[] = []
  for (let start = 0; start < householdIds.length; start += AT_ONCE) {
    const some = await householdsByIds(reader, householdIds.slice(start, start + AT_ONCE))
    accountNos.push(...[...some.values()].map(({ accountNo }) => accountNo))
  }
  return {
    companyId: notice.companyId,
    kind: notice.kind,
    title: version.title,
    words: version.words,
    reasonWords: version.reasonWords,
    phone: notice.phone,
    startsAt: version.startsAt,
    endsAt: version.endsAt,
    cutsSupply: notice.cutsSupply === 1,
    audience: {
      areaIds: areas.map(({ areaId }) => areaId),
      accountNos: [...accountNos, ...(await unknownAccounts(reader, notice.id))],
    },
  }
}
