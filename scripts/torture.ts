import { runTorture } from '../bench/torture/run'
import { endOnSignal } from './run'

// What was started ends with us, also at Ctrl-C.
endOnSignal()
// Two cities at once, each with its databases and several processes to take along when this one ends.
process.setMaxListeners(24)

runTorture(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
