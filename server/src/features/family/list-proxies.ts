import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { presentProxies } from './present'
import { proxiesOfPeople } from './store'

/** For whom I act and who acts for me, over all households. */
export async function listProxies(ctx: Ctx) {
  const { reader } = ctx.db
  const mine = await residentAliases(reader, residentOf(ctx).id)
  const rows = await proxiesOfPeople(reader, mine)
  return {
    proxies: await presentProxies(ctx, rows, mine),
    asked: rows
      .filter(
        (row) =>
          row.state === 'asked' &&
          mine.includes(row.agentResidentId) &&
          Number(row.askExpiresAt) > ctx.clock.now(),
      )
      .map(({ id, months, askExpiresAt }) => ({ id, months, expiresAt: Number(askExpiresAt) })),
  }
}
