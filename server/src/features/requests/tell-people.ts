import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { notifyResident } from '../notifications'
import { residentOfStaff } from '../staff'
import type { RequestRow } from './entities'
import { termsOf } from './run-clocks'
import { minuteInWords, STATE_WORDS } from './words'

/** The page on which a resident reads one request. */
export function detailPage(requestId: string): string {
  return `/requests/detail/index?id=${requestId}`
}

type About = Pick<RequestRow, 'id' | 'number' | 'companyId' | 'catalogueVersion' | 'typeId' | 'state'>

/** Says one step to one resident; the same step is said once, however often this is tried. */
export async function tellResident(
  tx: Tx,
  ctx: Ctx,
  said: {
    readonly request: About
    readonly residentId: string
    readonly stepId: string
    readonly remark: string
    /** Where it stands, in words; of the request's own state unless given. */
    readonly state?: string | undefined
  },
): Promise<void> {
  const { request } = said
  const { type } = await termsOf(ctx, request, tx)
  await notifyResident(tx, ctx, {
    residentId: said.residentId,
    companyId: request.companyId,
    template: 'request-progress',
    reason: `request:${request.id}:step:${said.stepId}`,
    facts: {
      number: request.number,
      type: type.name,
      state: said.state ?? STATE_WORDS[request.state],
      time: minuteInWords(ctx.clock.now()),
      remark: said.remark.slice(0, 200),
    },
    page: detailPage(request.id),
  })
}

/** Says to one resident what was answered to their urging, or to their words. */
export async function tellUrgeAnswered(
  tx: Tx,
  ctx: Ctx,
  said: {
    readonly request: About
    readonly residentId: string
    readonly stepId: string
    readonly words: string
  },
): Promise<void> {
  const { request } = said
  const { type } = await termsOf(ctx, request, tx)
  await notifyResident(tx, ctx, {
    residentId: said.residentId,
    companyId: request.companyId,
    template: 'request-urge-answered',
    reason: `request:${request.id}:step:${said.stepId}`,
    facts: {
      number: request.number,
      type: type.name,
      time: minuteInWords(ctx.clock.now()),
      remark: said.words.slice(0, 200),
    },
    page: detailPage(request.id),
  })
}

/** Says something to people at work who have bound a wallet; others see it in the console. */
export async function tellStaff(
  tx: Tx,
  ctx: Ctx,
  said: {
    readonly request: About
    readonly staffIds: readonly (string | null)[]
    /** What it is about, such as 快到时限. */
    readonly what: string
    readonly remark: string
    /** Unique for what is said, such as a step's id. */
    readonly key: string
  },
): Promise<void> {
  const { request } = said
  const staffIds = [...new Set(said.staffIds)].filter((id): id is string => id !== null)
  if (staffIds.length === 0) return
  const { type } = await termsOf(ctx, request, tx)
  for (const staffId of staffIds) {
    const residentId = await residentOfStaff(tx, staffId)
    if (residentId === null) continue
    await notifyResident(tx, ctx, {
      residentId,
      companyId: request.companyId,
      template: 'staff-alert',
      reason: `request:${request.id}:staff:${said.key}`,
      facts: {
        number: request.number,
        type: type.name,
        state: said.what,
        time: minuteInWords(ctx.clock.now()),
        remark: said.remark.slice(0, 200),
      },
      page: '/field/today/index',
    })
  }
}
