import { constants } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { projectRoot } from '../../core/config/load'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'

/**
 * Where bytes wait until a file is whole. It is a folder of one machine: behind several machines a load balancer
 * keeps a person on one, and where it does not, the other machine says "offset 0" and the client begins again.
 */
export type TemporaryFile = 'part' | 'main' | 'thumb'

export function temporaryPath(ctx: Ctx, fileId: string, which: TemporaryFile): string {
  return join(folder(ctx), `${fileId}.${which}`)
}

/** The folder itself. */
export function folder(ctx: Ctx): string {
  return resolve(projectRoot(), ctx.config.files.uploadDir)
}

/** How many bytes of the file are here. */
export async function receivedBytes(ctx: Ctx, fileId: string): Promise<number> {
  try {
    return (await stat(temporaryPath(ctx, fileId, 'part'))).size
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0
    throw error
  }
}

const underWay = new Map<string, Promise<unknown>>()

/** One writer per file in this process: two copies of one part must not both think they are first. */
async function alone<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = underWay.get(path) ?? Promise.resolve()
  const mine = before.then(work, work)
  const settled = mine.catch(() => undefined)
  underWay.set(path, settled)
  try {
    return await mine
  } finally {
    if (underWay.get(path) === settled) underWay.delete(path)
  }
}

export interface Appended {
  readonly offset: number
  /** The part begins after what is here, so it was not kept. */
  readonly gap: boolean
}

/** Writes what of the part is not here yet. A part that is here already changes nothing. */
export async function appendPart(
  ctx: Ctx,
  part: { readonly fileId: string; readonly offset: number; readonly bytes: Buffer },
): Promise<Appended> {
  const path = temporaryPath(ctx, part.fileId, 'part')
  return alone(path, async () => {
    const here = await receivedBytes(ctx, part.fileId)
    if (part.offset > here) return { offset: here, gap: true }
    const missing = part.bytes.subarray(here - part.offset)
    if (missing.length > 0) await writeAt(ctx, path, missing, here)
    return { offset: here + missing.length, gap: false }
  })
}

async function writeAt(ctx: Ctx, path: string, bytes: Buffer, position: number): Promise<void> {
  try {
    await mkdir(folder(ctx), { recursive: true, mode: 0o700 })
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT, 0o600)
    try {
      for (let at = 0; at < bytes.length; )
        at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten
    } finally {
      await file.close()
    }
  } catch (error) {
    throw diskError(error)
  }
}

/** Everything that waits for this file. */
export async function dropTemporary(ctx: Ctx, fileId: string): Promise<void> {
  await Promise.all(
    (['part', 'main', 'thumb'] as const).map((which) =>
      rm(temporaryPath(ctx, fileId, which), { force: true }),
    ),
  )
}

/** Ids of all files that something waits for here. */
export async function waitingIds(ctx: Ctx): Promise<string[]> {
  try {
    const names = await readdir(folder(ctx))
    const ids = names.map((name) => /^([0-9A-Z]{26})\.(part|main|thumb)$/.exec(name)?.[1])
    return [...new Set(ids.filter((id) => id !== undefined))]
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** A full disk has an answer of its own, because the caller's next step is another one. */
export function diskError(error: unknown): unknown {
  const code = codeOf(error)
  return code === 'ENOSPC' || code === 'EDQUOT' ? new AppError('storage_full', { cause: error }) : error
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
