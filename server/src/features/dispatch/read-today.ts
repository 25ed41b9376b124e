import { type Ctx, staffOf } from '../../platforms/context'
import { ordersOfWorker, poolOfTeam } from '../requests'
import { teamById, type WorkerFacts, workersOf } from '../staff'
import { presentOrders } from './present-orders'
import type { FieldOrder } from './schema'
import { hasConsent } from './store'

export interface Today {
  readonly worker: {
    readonly id: string
    readonly name: string
    readonly teamName: string | null
    readonly presence: WorkerFacts['presence']
    readonly locationConsent: boolean
  }
  readonly orders: FieldOrder[]
  readonly pool: FieldOrder[]
  readonly mates: { staffId: string; name: string }[]
  readonly asOf: number
}

/**
 * My orders with all that is needed without a network, what is due next first; those of my team's pool; and who could
 * take one over. The place that comes with the question is used for distances and kept nowhere.
 */
export async function readToday(
  ctx: Ctx,
  input: { latE6?: number | undefined; lngE6?: number | undefined },
): Promise<Today> {
  const { reader } = ctx.db
  const me = staffOf(ctx)
  const { latE6, lngE6 } = input
  const from = latE6 === undefined || lngE6 === undefined ? null : { latE6, lngE6 }
  const [mine, pool, consent, team] = await Promise.all([
    ordersOfWorker(reader, me.id),
    me.teamId === null ? [] : poolOfTeam(reader, me.teamId),
    hasConsent(reader, me.id),
    me.teamId === null ? null : teamById(reader, me.teamId),
  ])
  const companyId = team?.companyId ?? me.companies?.[0] ?? ctx.config.companies[0]?.id ?? ''
  const workers = await workersOf(reader, { companyId, teamId: team?.id ?? null })
  return {
    worker: {
      id: me.id,
      name: me.name,
      teamName: team?.name ?? null,
      presence: workers.find(({ id }) => id === me.id)?.presence ?? 'offline',
      locationConsent: consent,
    },
    orders: await presentOrders(ctx, mine, { from }),
    pool: await presentOrders(ctx, pool, { from }),
    mates:
      team === null
        ? []
        : workers.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ staffId: id, name })),
    asOf: ctx.clock.now(),
  }
}
