import { runBench } from '../bench/run'
import { endOnSignal } from './run'

// What was started ends with us, also at Ctrl-C.
endOnSignal()

runBench(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
