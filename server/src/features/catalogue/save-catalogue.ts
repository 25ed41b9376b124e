import type { z } from 'zod'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { teamsOf } from '../staff'
import { bodyFaults } from './body-faults'
import { calendars } from './calendar-files'
import { currentCatalogue } from './current-catalogue'
import type { CatalogueBody, catalogueOperations } from './schema'
import { assertCompanyInScope } from './scope'
import { insertVersion } from './store'

type Saved = z.input<(typeof catalogueOperations)['catalogue.save']['output']>

/**
 * Makes the next version of a company's catalogue; requests that exist keep theirs. What does not stop anybody from
 * working, such as a team that does not exist yet, is answered as a warning. Errors: invalid_input with each fault,
 * catalogue_changed when somebody else saved since `basedOn`.
 */
export async function saveCatalogue(
  ctx: Ctx,
  input: { companyId: string; basedOn: number; body: CatalogueBody; note: string },
): Promise<Saved> {
  assertCompanyInScope(ctx, input.companyId)
  const faults = bodyFaults(input.body, calendars().byName)
  if (faults.length > 0) {
    const fields = faults.map(({ path, message }) => ({ path: `body.${path}`, message }))
    throw new AppError('invalid_input', { fields })
  }
  const version = await inTransaction(ctx, (tx) => addVersion(tx, ctx, input))
  return { version, warnings: await teamWarnings(ctx, input.companyId, input.body) }
}

async function addVersion(
  tx: Tx,
  ctx: Ctx,
  input: { companyId: string; basedOn: number; body: CatalogueBody; note: string },
): Promise<number> {
  const { id, name } = staffOf(ctx)
  const current = await currentCatalogue(ctx, input.companyId, tx)
  if (current.version !== input.basedOn) throw new AppError('catalogue_changed')
  const version = current.version + 1
  try {
    await insertVersion(tx, {
      companyId: input.companyId,
      version,
      body: JSON.stringify(input.body),
      note: input.note,
      byId: id,
      byName: name,
      createdAt: ctx.clock.now(),
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('catalogue_changed')
    throw error
  }
  return version
}

async function teamWarnings(ctx: Ctx, companyId: string, body: CatalogueBody): Promise<string[]> {
  const teams = new Set((await teamsOf(ctx.db.reader, companyId)).map((team) => team.name))
  return body.types.flatMap((type) =>
    type.receivers
      .filter((name) => !teams.has(name))
      .map((name) => `${type.name}：还没有名为“${name}”的班组，会由调度员派单`),
  )
}
