import { say } from '../lib/result'
import { makeBed } from './fault-bed'
import { faultCases } from './fault-cases'

/** Runs the faults that need a real process, one after another on one portal; answers the exit code. */
export async function runFaults(only: string | undefined): Promise<number> {
  const cases = faultCases.filter(({ name }) => only === undefined || name.startsWith(only))
  const bed = await makeBed()
  let failed = 0
  try {
    for (const { name, run } of cases) {
      try {
        const saw = await run(bed)
        say(`${name}: passed (${saw})`)
      } catch (error) {
        failed += 1
        say(`${name}: FAILED: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  } finally {
    await bed.stop()
  }
  say(`${cases.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
