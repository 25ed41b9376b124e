import { runTorture } from '../bench/torture/run'
import { endOnSignal } from './run'

// What was started ends with us, also at Ctrl-C.
endOnSignal()

runTorture(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
