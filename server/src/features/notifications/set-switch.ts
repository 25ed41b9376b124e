import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { saveSwitch, setSwitchesOn } from './store'
import { allTemplates } from './templates'

/** Switches the pushes of one kind on or off for me. Errors: message_must_come for a kind that concerns safety. */
export async function setSwitch(ctx: Ctx, input: { template: string; on: boolean }): Promise<void> {
  const template = allTemplates().get(input.template)
  if (!template || template.audience !== 'residents') throw new AppError('not_found')
  if (!template.maySwitchOff && !input.on) throw new AppError('message_must_come')
  const [residentId = residentOf(ctx).id, ...earlier] = await residentAliases(
    ctx.db.reader,
    residentOf(ctx).id,
  )
  await inTransaction(ctx, async (tx) => {
    await saveSwitch(tx, {
      residentId,
      template: input.template,
      off: input.on ? 0 : 1,
      updatedAt: ctx.clock.now(),
    })
    // What was switched off under an account that is part of me now must not stay shut behind my back.
    if (input.on) await setSwitchesOn(tx, earlier, input.template)
  })
}
