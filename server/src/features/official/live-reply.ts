import { companyOf } from '../../core/config/companies'
import { shanghaiParts } from '../../core/clock'
import { formatYuan } from '../../core/money'
import type { Ctx } from '../../platforms/context'
import { owedOfHousehold } from '../billing'
import { type HouseholdSummary, householdsOf } from '../households'
import { noticesAffecting } from '../notices'
import { portalOf } from './account-book'
import type { AccountAnswer } from './account-shape'
import { harmless } from './compose-reply'
import { pageUrl, say } from './immediate-reply'
import type { Match } from './match-answer'
import type { Reply } from './reply'

/** More households than anybody's family has; the pages have all of them. */
const MOST_HOUSEHOLDS = 5

/**
 * The figures of the one who asks, with the time they are of. Null residents, and those without a household, get the
 * answer's own words, which say what to do first.
 */
export async function liveReply(ctx: Ctx, match: Match, residentId: string | null): Promise<Reply> {
  const { file, answer } = match
  const households = residentId === null ? [] : await householdsOf(ctx, residentId)
  if (households.length === 0)
    return { ...say(portalOf(ctx.config), file, answer.words, answer.link ?? null), answered: answer.name }
  const shown = households.slice(0, MOST_HOUSEHOLDS)
  const lines = answer.live === 'owed' ? await owedLines(ctx, shown) : await outageLines(ctx, shown)
  const more =
    households.length > shown.length ? [`还有${households.length - shown.length}户，请打开页面看。`] : []
  return {
    words: harmless([...lines, ...more].join('\n')),
    link: linkOf(ctx, answer),
    answered: answer.name,
  }
}

function linkOf(ctx: Ctx, { live }: AccountAnswer): Reply['link'] {
  const [words, page] =
    live === 'owed' ? ['去缴费', 'pages/home/index'] : ['看停供通知', 'notices/list/index']
  return { words, url: pageUrl(portalOf(ctx.config), page, {}) }
}

async function owedLines(ctx: Ctx, households: readonly HouseholdSummary[]): Promise<string[]> {
  const owed = await Promise.all(households.map((household) => owedOfHousehold(ctx, household)))
  return households.flatMap((household, index) => {
    const { owedFen = null, asOf = null } = owed[index] ?? {}
    const head = `${companyOf(ctx, household.companyId).name} ${household.shortAddress}（${household.accountNoMasked}）`
    if (owedFen === null) return [head, '待缴金额暂时取不到，请稍后再查。']
    const sum = owedFen === 0 ? '都缴清了' : `待缴 ${formatYuan(owedFen)} 元`
    return [head, asOf === null ? sum : `${sum}，截至 ${moment(asOf)}`]
  })
}

/** A family is rarely under more than one; the page has them all. */
const MOST_NOTICES = 3

async function outageLines(ctx: Ctx, households: readonly HouseholdSummary[]): Promise<string[]> {
  const ids = households.map(({ id }) => id)
  const notices = await noticesAffecting(ctx.db.reader, ids)
  const now = ctx.clock.now()
  if (notices.length === 0)
    return [`您绑定的${households.length}户现在没有停供通知。`, `查询时间 ${moment(now)}`]
  const lines = notices.slice(0, MOST_NOTICES).flatMap((notice) => {
    const homes = households.filter(({ id }) => notice.householdIds.includes(id))
    const where = homes.map(({ shortAddress }) => shortAddress).join('、')
    return [`【${companyOf(ctx, notice.companyId).name}】${notice.title}`, where, timesOf(notice, now)]
  })
  const left = notices.length - MOST_NOTICES
  return left > 0 ? [...lines, `还有${left}条，请打开页面看。`] : lines
}

function timesOf(notice: { startsAt: number | null; endsAt: number | null }, now: number): string {
  const startsAt = notice.startsAt === null ? null : Number(notice.startsAt)
  const endsAt = notice.endsAt === null ? null : Number(notice.endsAt)
  const end = endsAt === null ? '恢复时间还没有定' : `预计 ${moment(endsAt)} 恢复`
  if (startsAt === null) return end
  return startsAt > now ? `${moment(startsAt)} 开始，${end}` : `${moment(startsAt)} 已开始，${end}`
}

/** 11月22日 10:05, as people say it. */
function moment(epochMs: number): string {
  const { month, day, hour, minute } = shanghaiParts(epochMs)
  return `${month}月${day}日 ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
