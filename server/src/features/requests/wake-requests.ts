import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from '../identity'
import { notifyResident } from '../notifications'
import { teamById } from '../staff'
import { SYSTEM } from './actor'
import type { RequestRow } from './entities'
import { moveRequest } from './move-request'
import { insertSurvey, ratingsOf, wantsNoSurveys } from './people-store'
import { typeOfRequest } from './run-clocks'
import { lockRequest, saveWake, wokenRequests } from './store'
import { detailPage, tellStaff } from './tell-people'
import { minuteInWords } from './words'

const BATCH = 100
const MOST_BATCHES = 50

/**
 * What requests do by themselves when their time comes: a hold is looked at again, what was resolved is closed when
 * nobody says otherwise, a rating is asked for once more, and four weeks later whether it is still good.
 */
export async function wakeRequests(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  const now = ctx.clock.now()
  let after = { at: -1, id: '' }
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const due = await wokenRequests(ctx.db.reader, now, after, BATCH)
    for (const one of due) {
      if (stopping?.aborted) return
      await wakeOne(ctx, one).catch((error: unknown) =>
        ctx.log.error({ request: one.id, err: error }, 'requests.wake-failed'),
      )
      after = { at: one.wakeAt ?? now, id: one.id }
    }
    if (due.length < BATCH) return
  }
}

async function wakeOne(ctx: Ctx, due: Pick<RequestRow, 'id' | 'wake' | 'wakeAt'>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, due.id)
    if (request.wake !== due.wake || request.wakeAt !== due.wakeAt) return
    switch (request.wake) {
      case 'hold':
        return lookAgain(tx, ctx, request)
      case 'close':
        await moveRequest(tx, ctx, {
          request,
          move: 'close',
          by: SYSTEM,
          words: '没有收到您的其他意见，自动办结',
        })
        return
      case 'rate':
        return remindOfRating(tx, ctx, request)
      case 'survey':
        return askAgain(tx, ctx, request)
      case null:
        return
    }
  })
}

async function lookAgain(tx: Tx, ctx: Ctx, request: RequestRow): Promise<void> {
  const moved = await moveRequest(tx, ctx, { request, move: 'resume', by: SYSTEM, words: '约定的时间到了' })
  const lead = moved.teamId === null ? null : ((await teamById(tx, moved.teamId))?.leadId ?? null)
  await tellStaff(tx, ctx, {
    request: moved,
    staffIds: [moved.assigneeId, lead],
    what: '暂停到期',
    remark: '约定的时间到了，请继续处理',
    key: `woken:${moved.version}`,
  })
}

/** Once per round, and only when nobody rated meanwhile; then the survey is planned. */
async function remindOfRating(tx: Tx, ctx: Ctx, request: RequestRow): Promise<void> {
  await saveWake(tx, request.id, { wake: 'survey', wakeAt: request.surveyAt })
  const ratings = (await ratingsOf(tx, [request.id])).get(request.id) ?? []
  if (request.residentId === null || ratings.some((rating) => rating.round === request.reopened + 1)) return
  await notifyResident(tx, ctx, {
    residentId: request.residentId,
    companyId: request.companyId,
    template: 'request-progress',
    reason: `request:${request.id}:rate:${request.reopened + 1}`,
    facts: await factsOf(tx, ctx, request, {
      state: '已办结，请您评价',
      remark: '点开看看结果，说一声满不满意',
    }),
    page: detailPage(request.id),
  })
}

async function askAgain(tx: Tx, ctx: Ctx, request: RequestRow): Promise<void> {
  await saveWake(tx, request.id, { wake: null, wakeAt: null })
  const { residentId } = request
  if (residentId === null || (await wantsNoSurveys(tx, await residentAliases(tx, residentId)))) return
  const survey = {
    requestId: request.id,
    residentId,
    askedAt: ctx.clock.now(),
    stillGood: null,
    answeredAt: null,
  }
  if (!(await insertSurvey(tx, survey))) return
  await notifyResident(tx, ctx, {
    residentId,
    companyId: request.companyId,
    template: 'survey-four-weeks',
    reason: `request:${request.id}:survey`,
    facts: await factsOf(tx, ctx, request, { state: '', remark: '' }),
    page: detailPage(request.id),
  })
}

async function factsOf(
  tx: Tx,
  ctx: Ctx,
  request: RequestRow,
  said: { state: string; remark: string },
): Promise<Record<string, string>> {
  const type = await typeOfRequest(ctx, request, tx)
  return { number: request.number, type: type.name, time: minuteInWords(ctx.clock.now()), ...said }
}
