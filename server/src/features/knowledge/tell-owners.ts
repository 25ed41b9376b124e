import { shanghaiParts } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { notifyResident } from '../notifications'
import { residentOfStaff, staffByIds, supervisorsOf } from '../staff'
import type { ArticleRow } from './entities'
import { dueUntold, lockArticle, updateArticle } from './store'

const AT_ONCE = 100

/**
 * Says once to the owner of each published article whose review day has come that it is to be looked at; where the owner
 * works here no more, to the supervisors. Whoever has no wallet bound sees it in the list of those that are due.
 */
export async function tellOwners(ctx: Ctx, stopping: AbortSignal): Promise<void> {
  const { tellFromHour, tellUntilHour } = ctx.config.knowledge
  const { hour } = shanghaiParts(ctx.clock.now())
  if (hour < tellFromHour || hour >= tellUntilHour) return
  for (const id of await dueUntold(ctx.db.reader, ctx.clock.now(), AT_ONCE)) {
    if (stopping.aborted) return
    await inTransaction(ctx, async (tx) => {
      const article = await lockArticle(tx, id)
      const now = ctx.clock.now()
      if (!article || article.reviewToldAt !== null || article.liveVersion === null || article.reviewAt > now)
        return
      await tell(tx, ctx, article)
      await updateArticle(tx, article, { reviewToldAt: now }, now)
    })
  }
}

async function tell(tx: Tx, ctx: Ctx, article: ArticleRow): Promise<void> {
  const owner = (await staffByIds(tx, [article.ownerId])).get(article.ownerId)
  const staffIds = owner?.active
    ? [article.ownerId]
    : (await supervisorsOf(tx, article.companyId)).map(({ id }) => id)
  for (const staffId of staffIds) {
    const residentId = await residentOfStaff(tx, staffId)
    if (residentId === null) continue
    await notifyResident(tx, ctx, {
      residentId,
      companyId: article.companyId,
      template: 'staff-alert',
      reason: `article:${article.id}:review:${article.reviewAt}`,
      facts: {
        number: `ZS${article.id.slice(-10)}`,
        type: '知识复核',
        state: '到复核日了',
        time: minuteInWords(ctx.clock.now()),
        remark: `请核对“${article.title.slice(0, 30)}”还对不对，在工作台知识库里确认或修改`,
      },
      page: null,
    })
  }
}

/** 2026年11月22日 15:02, as templates want it. */
function minuteInWords(at: number): string {
  const { year, month, day, hour, minute } = shanghaiParts(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${year}年${month}月${day}日 ${two(hour)}:${two(minute)}`
}
