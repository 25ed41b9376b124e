import { companyOf } from '../../core/config/companies'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { openBulk } from '../notifications'
import type { NoticeRow, VersionRow } from './entities'
import type { ChangeKind, NoticeKind } from './schema'
import { kindWords, placesWords, stopWords, supplyWords, templateTime } from './words'

const HOUR_MS = 3_600_000

/** templates/<name>.yaml of what a version says. */
export function templateOf(kind: NoticeKind, change: ChangeKind): string {
  if (change === 'first') return kind === 'general' ? 'announcement' : `outage-${kind}`
  return `outage-${change}`
}

interface Said {
  readonly notice: Pick<NoticeRow, 'companyId' | 'kind' | 'phone' | 'restoredAt'>
  readonly version: Pick<
    VersionRow,
    'said' | 'title' | 'words' | 'reasonWords' | 'startsAt' | 'endsAt' | 'changed'
  >
  readonly areaNames: readonly string[]
  readonly named: number
}

/** The values that the templates name; what is not known is left out, and the template says something else. */
export function factsOf(ctx: Ctx, { notice, version, areaNames, named }: Said): Record<string, string> {
  const { startsAt } = version
  const endsAt = version.said === 'restored' ? notice.restoredAt : version.endsAt
  return {
    what: whatOf(ctx, notice, version),
    area: placesWords(areaNames, named),
    reason: reasonOf(version),
    phone: notice.phone,
    saidAt: templateTime(ctx.clock.now()),
    ...(startsAt === null ? {} : { startsAt: templateTime(startsAt) }),
    ...(endsAt === null ? {} : { endsAt: templateTime(endsAt) }),
  }
}

/** 计划停暖, 停暖延期, 供暖已恢复, 计划停暖已取消; an announcement and a correction say their title. */
function whatOf(ctx: Ctx, notice: Said['notice'], version: Said['version']): string {
  const company = companyOf(ctx, notice.companyId)
  if (version.said === 'correction' || notice.kind === 'general') return version.title
  if (version.said === 'extended') return `${stopWords(company)}延期`
  if (version.said === 'restored') return `${supplyWords(company)}已恢复`
  return `${kindWords(notice.kind, company)}${version.said === 'cancelled' ? '已取消' : ''}`
}

function reasonOf(version: Said['version']): string {
  if (version.said === 'first') return version.reasonWords
  if (version.said === 'correction') return version.words
  return version.changed === '' ? version.reasonWords : version.changed
}

/** Where a message leads; the router of the mini-program knows it. */
export const noticePage = (noticeId: string): string => `/notices/detail/index?noticeId=${noticeId}`

/** As the templates have it: what changes what people wait for is urgent, an announcement may wait. */
export function urgencyOf(kind: NoticeKind, change: ChangeKind): 0 | 1 | 2 {
  if (kind === 'general') return 2
  return kind === 'emergency' || change === 'extended' || change === 'correction' ? 0 : 1
}

/** Until when it is worth saying: an outage until it is over, what ended it for half a day, anything else for a day. */
export function expiryOf(
  notice: Pick<NoticeRow, 'kind'>,
  version: Pick<VersionRow, 'said' | 'endsAt'>,
  now: number,
): number {
  if (version.said === 'restored' || version.said === 'cancelled') return now + 12 * HOUR_MS
  if (notice.kind === 'general') return now + 72 * HOUR_MS
  return Math.max(version.endsAt ?? 0, now + 24 * HOUR_MS)
}

/** Opens the bulk that carries one version, in the transaction that publishes it. */
export async function openBulkOf(
  tx: Tx,
  ctx: Ctx,
  about: {
    readonly notice: NoticeRow
    readonly version: VersionRow
    readonly areaNames: readonly string[]
    readonly named: number
  },
): Promise<string> {
  const { notice, version } = about
  return openBulk(tx, ctx, {
    companyId: notice.companyId,
    template: templateOf(notice.kind, version.said),
    title: version.title,
    facts: factsOf(ctx, about),
    page: noticePage(notice.id),
    urgency: urgencyOf(notice.kind, version.said),
    expiresAt: expiryOf(notice, version, ctx.clock.now()),
  })
}
