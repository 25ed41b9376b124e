import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { addressOf } from './email-store'
import { maskEmail } from './mask-email'
import { switchesOf } from './store'
import { allTemplates } from './templates'

/** Every kind of message with whether it is pushed to me, and where mail goes; our own inbox has all of them. */
export async function listSwitches(ctx: Ctx): Promise<{
  kinds: { template: string; title: string; on: boolean; maySwitchOff: boolean }[]
  email: string | null
  mayEmail: boolean
}> {
  const { reader } = ctx.db
  const ids = await residentAliases(reader, residentOf(ctx).id)
  const off = (await switchesOf(reader, ids)).filter((row) => Number(row.off) === 1)
  const closed = new Set(off.map((row) => row.template))
  const kinds = [...allTemplates()]
    .filter(([, { audience, channels }]) => audience === 'residents' && channels.length > 0)
    .map(([template, { title, maySwitchOff }]) => ({
      template,
      title,
      on: !maySwitchOff || !closed.has(template),
      maySwitchOff,
    }))
  const sealed = await addressOf(reader, ids)
  const email = sealed === null ? null : maskEmail(ctx.vault.open(sealed))
  return { kinds, email, mayEmail: ctx.config.platforms.mail.kind !== 'none' }
}
