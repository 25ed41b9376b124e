import { DAY_MS } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { fanOutReason, markRequestsClosed, restoredToClose } from '../notices'
import { notifyResident } from '../notifications'
import { SYSTEM } from './actor'
import type { RequestRow } from './entities'
import { moveOne } from './move-one'
import { moveRequest } from './move-request'
import { mergedInto } from './outage-store'
import { typeOfRequest } from './run-clocks'
import { childrenOf, lockRequest } from './store'
import { detailPage } from './tell-people'
import { minuteInWords } from './words'

const NOTICES_AT_ONCE = 20
const PAGE = 50

type Over = Awaited<ReturnType<typeof restoredToClose>>[number]

/**
 * One “restored” ends every request that was merged into the outage, page by page; it may be cut off anywhere and goes
 * on. It waits until the restoration's own messages are there, so that each resident hears of it once. An outage that
 * did not take place after all gives its requests back to the desk.
 */
export async function closeRestored(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  for (const notice of await restoredToClose(ctx.db.reader, NOTICES_AT_ONCE)) {
    let failed = 0
    for (let after = ''; ; ) {
      const ids = await mergedInto(ctx.db.reader, notice.id, after, PAGE)
      for (const id of ids) {
        if (stopping?.aborted) return
        await endFamily(ctx, notice, id).catch((error: unknown) => {
          failed += 1
          ctx.log.error({ request: id, notice: notice.id, err: error }, 'requests.close-restored-failed')
        })
      }
      const last = ids.at(-1)
      if (last === undefined || ids.length < PAGE) break
      after = last
    }
    // Nothing can be merged into it any more (join-notice.ts locks it while it is live), so this is the end of it.
    const now = ctx.clock.now()
    // What cannot be closed after a day is for people: it must not stand in the way of other notices for ever.
    const isGivenUp = failed > 0 && notice.restoredAt !== null && now - notice.restoredAt > DAY_MS
    if (isGivenUp) ctx.log.error({ notice: notice.id, left: failed }, 'requests.close-restored-given-up')
    if (failed === 0 || isGivenUp) await inTransaction(ctx, (tx) => markRequestsClosed(tx, notice.id, now))
  }
}

/** One request, and before it those that were merged into it: they are the same outage. */
async function endFamily(ctx: Ctx, notice: Over, id: string): Promise<void> {
  if (notice.restoredAt !== null)
    for (let after = ''; ; ) {
      const children = await childrenOf(ctx.db.reader, id, { after, limit: PAGE })
      for (const child of children)
        if (child.state === 'merged')
          await inTransaction(ctx, async (tx) => {
            await lockRequest(tx, id)
            const request = await lockRequest(tx, child.id)
            if (request.parentId === id && request.state === 'merged')
              await restoreOne(tx, ctx, notice, request)
          })
      const last = children.at(-1)
      if (last === undefined || children.length < PAGE) break
      after = last.id
    }
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.noticeId !== notice.id || request.state !== 'merged') return
    if (notice.restoredAt !== null) return restoreOne(tx, ctx, notice, request)
    const facts = { noticeId: notice.id }
    await moveRequest(tx, ctx, { request, move: 'split', by: SYSTEM, reason: '停供通知已取消', facts })
  })
}

/** Not through moveRequest: who follows it hears of the restoration as everybody does. */
async function restoreOne(tx: Tx, ctx: Ctx, notice: Over, request: RequestRow): Promise<void> {
  const facts = { noticeId: notice.id, restoredAt: notice.restoredAt }
  const { moved } = await moveOne(tx, ctx, { request, move: 'restore', by: SYSTEM, notice, facts })
  await tellOnce(tx, ctx, notice, moved)
}

/** For the same reason as the notice's own message: whoever got that one gets no second. */
async function tellOnce(tx: Tx, ctx: Ctx, notice: Over, request: RequestRow): Promise<void> {
  if (request.residentId === null) return
  await notifyResident(tx, ctx, {
    residentId: request.residentId,
    template: 'request-progress',
    reason: fanOutReason(notice.id, notice.version),
    facts: {
      number: request.number,
      type: (await typeOfRequest(ctx, request, tx)).name,
      state: '已恢复供应',
      time: minuteInWords(notice.restoredAt ?? ctx.clock.now()),
      remark: '恢复了吗？还没好请点开告诉我们',
    },
    page: detailPage(request.id),
    companyId: request.companyId,
  })
}
