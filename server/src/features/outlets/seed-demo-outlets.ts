import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '../../core/config/load'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { hoursFaults } from './hours'
import { takeAll } from './import-desk-outlets'
import { outletFacts } from './schema'
import { outletsOf } from './store'

const FOLDER = join(projectRoot(), 'config/outlets')
const file = outletFacts.array()

/**
 * Fills the demo's outlets from config/outlets/<company>.yaml, once. Answers how many were made; null outside the demo
 * or where there are some. A file with a fault stops the start, and says where.
 */
export async function seedDemoOutlets(ctx: Ctx): Promise<number | null> {
  if (ctx.config.environment !== 'demo') return null
  const ids = ctx.config.companies.map(({ id }) => id)
  if ((await outletsOf(ctx.db.reader, ids)).length > 0) return null
  const lists = ids.map((id) => ({ id, outlets: readFile(id) }))
  return inTransaction(ctx, async (tx) => {
    let made = 0
    for (const { id, outlets } of lists) made += (await takeAll(tx, ctx, id, outlets)).added
    return made
  })
}

function readFile(companyId: string) {
  const path = join(FOLDER, `${companyId}.yaml`)
  if (!existsSync(path)) return []
  const outlets = file.parse(parse(readFileSync(path, 'utf8')))
  const faults = outlets.flatMap(({ name, hours }) =>
    hoursFaults(hours).map((fault) => `${path}: ${name}: ${fault.path}: ${fault.message}`),
  )
  if (faults.length > 0) throw new Error(faults.join('; '))
  return outlets
}
