import { type Ctx, residentOf } from '../../platforms/context'
import { switchesOf } from './store'
import { allTemplates } from './templates'

/** Every kind of message with whether it is pushed to me; our own inbox has all of them. */
export async function listSwitches(ctx: Ctx): Promise<{
  kinds: { template: string; title: string; on: boolean; maySwitchOff: boolean }[]
  email: string | null
}> {
  const off = await switchesOf(ctx.db.reader, [residentOf(ctx).id])
  const closed = new Set(off.filter((row) => Number(row.off) === 1).map((row) => row.template))
  const kinds = [...allTemplates()]
    .filter(([, { audience }]) => audience === 'residents')
    .map(([template, { title, maySwitchOff }]) => ({
      template,
      title,
      on: !maySwitchOff || !closed.has(template),
      maySwitchOff,
    }))
  return { kinds, email: null }
}
