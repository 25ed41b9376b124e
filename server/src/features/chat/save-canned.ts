import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { claimFiles } from '../files'
import { deleteCanned, insertCanned, lockCanned, saveCannedRow } from './canned-store'
import { checkCannedText } from './canned-words'
import type { CannedRow } from './entities'
import { type Canned, isMyCompany, listCanned } from './list-canned'

interface SaveCannedInput {
  readonly cannedId: string | null
  readonly companyId: string | null
  readonly shortcut: string
  readonly title: string
  readonly text: string | null
  readonly fileId: string | null
}

/**
 * Makes, changes or throws away a ready answer of my companies; one for all companies only by whoever sees all. Errors:
 * not_found, invalid_input for an unknown variable, files_not_ready.
 */
export async function saveCanned(ctx: Ctx, input: SaveCannedInput): Promise<{ items: Canned[] }> {
  if (!isMyCompany(ctx, input.companyId)) throw notFound()
  if (input.text !== null) checkCannedText(input.text)
  await inTransaction(ctx, (tx) => save(tx, ctx, input))
  const { companyId } = input
  const { items } = await listCanned(ctx, companyId === null ? {} : { companyId })
  return { items }
}

async function save(tx: Tx, ctx: Ctx, input: SaveCannedInput): Promise<void> {
  const { cannedId, text } = input
  const known = cannedId === null ? null : await lockCanned(tx, cannedId)
  if (cannedId !== null && (!known || !isMyCompany(ctx, known.companyId))) throw notFound()
  if (text === null || (text === '' && input.fileId === null)) {
    if (!known) throw empty()
    await deleteCanned(tx, known.id)
    return
  }
  const id = known?.id ?? ctx.ids.next()
  const { companyId, shortcut, title, fileId } = input
  const row: CannedRow = {
    id,
    companyId,
    shortcut,
    title,
    text,
    fileId,
    byId: staffOf(ctx).id,
    updatedAt: ctx.clock.now(),
  }
  if (fileId !== null && fileId !== known?.fileId) await claimPicture(tx, ctx, id, fileId)
  if (known) await saveCannedRow(tx, row)
  else await insertCanned(tx, row)
}

async function claimPicture(tx: Tx, ctx: Ctx, id: string, fileId: string): Promise<void> {
  const owner = { kind: 'staff', id: staffOf(ctx).id } as const
  const [file] = await claimFiles(tx, ctx, { fileIds: [fileId], owner, claim: `canned:${id}` })
  if (file?.kind !== 'image')
    throw new AppError('invalid_input', { fields: [{ path: 'fileId', message: '只能是图片' }] })
}

const notFound = (): AppError => new AppError('not_found', { detail: 'ready answer of others' })
const empty = (): AppError =>
  new AppError('invalid_input', {
    message: '请写下常用语的内容。',
    fields: [{ path: 'text', message: '请写下内容' }],
  })
