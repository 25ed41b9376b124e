import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { describeMe } from './present'
import type { Me } from './schema'
import { setElderMode } from './store'

/** Keeps the settings that follow the resident from device to device. */
export async function saveSettings(ctx: Ctx, input: { elderMode: boolean }): Promise<Me> {
  const resident = residentOf(ctx)
  await inTransaction(ctx, (tx) => setElderMode(tx, resident.id, input.elderMode))
  return describeMe(ctx, resident)
}
