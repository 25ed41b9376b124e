import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../../core/config/load'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { cannedFor, insertCanned } from './canned-store'
import { checkCannedText } from './canned-words'

const FOLDER = join(projectRoot(), 'config/canned')

const file = z.array(
  z.strictObject({
    shortcut: z.string().min(1).max(20),
    title: z.string().min(2).max(30),
    text: z.string().min(2).max(500),
  }),
)

/**
 * Fills the demo's ready answers from config/canned, once: `common.yaml` for every company, and a file for each kind of
 * company. Answers how many there are now; null outside the demo or where there are some. A text that names a variable
 * which does not exist is a fault of the file, and nothing is made.
 */
export async function seedDemoCanned(ctx: Ctx, madeById: string): Promise<number | null> {
  if (ctx.config.environment !== 'demo') return null
  const { companies } = ctx.config
  const known = await cannedFor(
    ctx.db.reader,
    companies.map(({ id }) => id),
  )
  if (known.length > 0) return null
  const rows = [
    ...rowsOf('common').map((row) => ({ ...row, companyId: null })),
    ...companies.flatMap(({ id, kind }) => rowsOf(kind).map((row) => ({ ...row, companyId: id }))),
  ]
  await inTransaction(ctx, async (tx) => {
    for (const row of rows)
      await insertCanned(tx, {
        ...row,
        id: ctx.ids.next(),
        fileId: null,
        byId: madeById,
        updatedAt: ctx.clock.now(),
      })
  })
  return rows.length
}

function rowsOf(name: string): z.output<typeof file> {
  const path = join(FOLDER, `${name}.yaml`)
  const rows = existsSync(path) ? file.parse(parse(readFileSync(path, 'utf8'))) : []
  for (const { text } of rows) checkCannedText(text)
  return rows
}
