import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from './processes'

/** Everything `npm start` keeps. Only these are removed by --reset, whatever else lies in that folder. */
const OURS =
  'keys.json sandbox.yaml demo.yaml sandbox logs refused mariadb mariadb.log redis redis.log ' +
  'yihu.sqlite yihu.sqlite-wal yihu.sqlite-shm yihu.sqlite.lock yihu.sqlite.lock-journal imported-sqlite.json imported-mariadb.json ' +
  'staff-sqlite.json staff-mariadb.json uploads files'

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

/**
 * Takes the folder for this process and gives the function that lets it go. A start that is just ending (npm gives
 * the prompt back a moment before) is waited for; throws when another one keeps it longer than `waitMs`.
 */
export async function lockData(dataDir: string, waitMs: number): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'start.pid')
  const holder = (): number => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0)
  await until(() => Promise.resolve(!isHeld(holder())), {
    timeoutMs: waitMs,
    everyMs: 100,
    timedOut: () =>
      `Yihu already runs from ${dataDir} (process ${holder()}): stop it, or set YIHU_DATA_DIR to another folder.`,
  })
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

// After a hard end the number may have gone to this very process.
function isHeld(pid: number): boolean {
  return pid > 0 && pid !== process.pid && isAlive(pid)
}
