import { existsSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY_DISK = '/dev/shm'
/** What a whole run keeps there is a fraction of it; the rest is for whoever else uses the machine. */
const ROOM_BYTES = 4 * 1024 ** 3

/**
 * A new folder for what nobody needs after the run: in memory where there is plenty of it, because tests wait for
 * the disk longer than they work, else on the disk.
 */
export function scratchFolder(prefix: string): string {
  return mkdtempSync(join(isRoomy() ? MEMORY_DISK : tmpdir(), prefix))
}

function isRoomy(): boolean {
  if (!existsSync(MEMORY_DISK)) return false
  const { bavail, bsize } = statfsSync(MEMORY_DISK)
  return Math.min(bavail * bsize, process.availableMemory()) > ROOM_BYTES
}
