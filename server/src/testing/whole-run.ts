import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What one run of jest shares among its files: a folder, and the first part of its databases' names. */

const RUN = 'YIHU_TEST_RUN'

/** Workers are started after it, and find the run's name in their environment. */
export function nameRun(name: string): void {
  process.env[RUN] = name
}

function runName(): string {
  const name = process.env[RUN]
  if (name === undefined)
    throw new Error('This run of jest began before jest.config.cjs named runs: start it again.')
  return name
}

export function runFolder(): string {
  return join(tmpdir(), `yihu-run-${runName()}`)
}

/** Of one worker's databases, or of those of all of them. */
export function databasePrefix(worker?: string): string {
  return `yihu_test_${runName()}_${worker === undefined ? '' : `w${worker}_`}`
}
