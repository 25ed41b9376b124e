import type { Reader } from '../../core/db/database'
import type { Person } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from './resident-aliases'
import { findResident, identitiesOf } from './store'

/** All that leads to what the portal keeps of somebody, opened: only for giving them a copy, or for forgetting them. */
export async function personOf(reader: Reader, ctx: Ctx, residentId: string): Promise<Person> {
  const residentIds = await residentAliases(reader, residentId)
  const phones: string[] = []
  const accounts: Person['accounts'][number][] = []
  for (const id of residentIds) {
    const resident = await findResident(reader, id)
    if (resident?.phoneSealed) phones.push(ctx.vault.open(resident.phoneSealed))
    for (const row of await identitiesOf(reader, id))
      accounts.push({ provider: row.provider, appId: row.appId, subject: ctx.vault.open(row.subjectSealed) })
  }
  return { residentIds, phones, accounts }
}
