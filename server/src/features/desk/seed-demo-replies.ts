import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../../core/config/load'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import type { ReplyRow } from './entities'
import { checkReplyText } from './reply-words'
import { insertReply, repliesFor } from './store'

const FOLDER = join(projectRoot(), 'config/replies')

const file = z.array(
  z.strictObject({
    title: z.string().min(2).max(30),
    text: z.string().min(2).max(500),
    typeIds: z.array(z.string()).default([]),
  }),
)
type Reply = z.output<typeof file>[number]

/**
 * Fills the demo's reply templates from config/replies, once: `common.yaml` for every company, and a file for each kind
 * of company. Answers how many there are now; null outside the demo or where there are some. A template that names a
 * variable or a type that does not exist is a fault of the file, and nothing is made.
 */
export async function seedDemoReplies(ctx: Ctx, madeById: string): Promise<number | null> {
  if (ctx.config.environment !== 'demo') return null
  const { companies } = ctx.config
  const known = await repliesFor(
    ctx.db.reader,
    companies.map(({ id }) => id),
  )
  if (known.length > 0) return null
  const rows = readFile('common').map((reply) => rowOf(ctx, null, reply, madeById))
  for (const { id, kind } of companies) {
    const { body } = await currentCatalogue(ctx, id)
    const types = new Set(body.types.map((type) => type.id))
    for (const reply of readFile(kind)) {
      const unknown = reply.typeIds.find((typeId) => !types.has(typeId))
      if (unknown !== undefined)
        throw new Error(`config/replies/${kind}.yaml: ${reply.title}: ${id} has no type ${unknown}.`)
      rows.push(rowOf(ctx, id, reply, madeById))
    }
  }
  await inTransaction(ctx, async (tx) => {
    for (const row of rows) await insertReply(tx, row)
  })
  return rows.length
}

function readFile(name: string): Reply[] {
  const path = join(FOLDER, `${name}.yaml`)
  return existsSync(path) ? file.parse(parse(readFileSync(path, 'utf8'))) : []
}

function rowOf(ctx: Ctx, companyId: string | null, reply: Reply, madeById: string): ReplyRow {
  checkReplyText(reply.text)
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    companyId,
    title: reply.title,
    text: reply.text,
    typeIds: JSON.stringify(reply.typeIds),
    updatedById: madeById,
    createdAt: now,
    updatedAt: now,
  }
}
