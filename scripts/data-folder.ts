import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Everything `npm start` keeps. Only these are removed by --reset, whatever else lies in that folder. */
const OURS =
  'keys.json sandbox.yaml demo.yaml sandbox logs refused mariadb mariadb.log redis redis.log ' +
  'yihu.sqlite yihu.sqlite-wal yihu.sqlite-shm yihu.sqlite.lock yihu.sqlite.lock-journal imported-sqlite.json imported-mariadb.json'

/** Forgets all data of the demo in that folder. */
export function resetData(dataDir: string): void {
  for (const name of OURS.split(' ')) rmSync(join(dataDir, name), { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Takes the folder for this process; throws when another start holds it. Gives the function that lets it go. */
export function lockData(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'start.pid')
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  // After a hard end the number may have gone to this very process.
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `Yihu already runs from ${dataDir} (process ${holder}): stop it, or set YIHU_DATA_DIR to another folder.`,
    )
  }
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}
