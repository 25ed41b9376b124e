import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { JudgedFile } from './judge-file'
import type { RefusalReason } from './layouts/types'
import { refusedHeader, refusedLine } from './refused-csv'

/** The refused records on their way to a file of their own, which appears only when it is whole. */
export interface RefusedFile {
  add(record: number, cells: readonly string[], reason: RefusalReason): Promise<void>
  /** The path, or null when there was nothing to write. */
  keep(): Promise<string | null>
  discard(): Promise<void>
}

/** With no path nothing is written. The file holds personal data: it is readable by its owner only. */
export function openRefusedFile(path: string | null, file: JudgedFile): RefusedFile {
  const draft = `${path}.part`
  let handle: FileHandle | null = null
  const close = async (): Promise<boolean> => {
    if (handle === null) return false
    await handle.close()
    handle = null
    return true
  }
  return {
    add: async (record, cells, reason) => {
      if (path === null) return
      if (handle === null) {
        handle = await open(draft, 'w', 0o600)
        await handle.write(refusedHeader(file.header))
      }
      await handle.write(refusedLine(file.bound, cells, record, reason))
    },
    keep: async () => {
      if (path === null || !(await close())) return null
      await rename(draft, path)
      return path
    },
    discard: async () => {
      if (await close()) await rm(draft, { force: true })
    },
  }
}
