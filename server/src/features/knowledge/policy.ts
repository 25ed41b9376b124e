import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { staffDoor } from '../staff'
import type { ArticleKind, ArticleRow, ArticleVersionRow, LiveFacts } from './entities'

/**
 * What a company knows is for everybody who works for it, whatever areas they look after: an answer has no place. So
 * only companies are asked here, and `inScope` with its areas is not.
 */
export function seesCompany(ctx: Ctx, companyId: string): boolean {
  const { companies } = staffOf(ctx)
  if (companies !== null && !companies.includes(companyId)) return false
  return ctx.config.companies.some(({ id }) => id === companyId)
}

/** The companies somebody at work may ask about, or the one they name. Errors: not_found outside their scope. */
export function companiesOf(ctx: Ctx, companyId: string | undefined): readonly string[] {
  if (companyId === undefined)
    return ctx.config.companies.flatMap(({ id }) => (seesCompany(ctx, id) ? [id] : []))
  assertCompany(ctx, companyId)
  return [companyId]
}

/** Errors: not_found. */
export function assertCompany(ctx: Ctx, companyId: string): void {
  if (!seesCompany(ctx, companyId)) throw new AppError('not_found', { detail: 'company out of scope' })
}

/** Cases and templates are tools of the trade: they name what went wrong elsewhere, and no resident reads them. */
export function mayBePublic(kind: ArticleKind): boolean {
  return kind === 'article' || kind === 'qa'
}

/** Whether a reader gets it now. */
export function isReadable(row: LiveFacts, now: number, audience: 'public' | 'all'): boolean {
  if (audience === 'public' && (row.audience !== 'public' || !mayBePublic(row.kind))) return false
  return (row.validFrom === null || row.validFrom <= now) && (row.validUntil === null || row.validUntil > now)
}

export const ARTICLE_ACTS = ['save', 'submit', 'review', 'confirm', 'retire', 'readers'] as const
export type ArticleAct = (typeof ARTICLE_ACTS)[number]

/** Whoever wrote on the newest version does not publish it. */
export function isSecondPerson(newest: Pick<ArticleVersionRow, 'authorIds'>, staffId: string): boolean {
  return !(JSON.parse(newest.authorIds) as string[]).includes(staffId)
}

const POSSIBLE: Readonly<Record<ArticleAct, (row: ArticleRow) => boolean>> = {
  save: () => true,
  submit: ({ state }) => state === 'draft',
  review: ({ state }) => state === 'review',
  confirm: ({ liveVersion }) => liveVersion !== null,
  retire: ({ state }) => state !== 'retired',
  readers: ({ liveVersion }) => liveVersion !== null,
}

export function isPossible(act: ArticleAct, row: ArticleRow): boolean {
  return POSSIBLE[act](row)
}

/** What this person may do with it now, for the buttons of the page. */
export function actsFor(ctx: Ctx, row: ArticleRow, newest: ArticleVersionRow): ArticleAct[] {
  const staff = staffOf(ctx)
  return ARTICLE_ACTS.filter((act) => {
    if (!staffDoor.may(`knowledge.${act}`, staff) || !isPossible(act, row)) return false
    if (act === 'review') return isSecondPerson(newest, staff.id)
    return act !== 'confirm' || mayConfirm(ctx, row)
  })
}

/** Its owner, or whoever could publish it. */
export function mayConfirm(ctx: Ctx, row: ArticleRow): boolean {
  const staff = staffOf(ctx)
  return row.ownerId === staff.id || staffDoor.may('knowledge.review', staff)
}
