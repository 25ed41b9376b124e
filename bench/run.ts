import { benchCallback } from './callback'
import type { BenchResult } from './lib/result'
import { say } from './lib/result'

const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  callback: benchCallback,
}

/** Runs one bench by name; its last line is one line of JSON. Answers the exit code: 1 when a target was missed. */
export async function runBench(name: string | undefined): Promise<number> {
  const bench = name === undefined ? undefined : benches[name]
  if (!bench) {
    say(`Usage: npm run bench -- ${Object.keys(benches).join(' | ')}`)
    return 64
  }
  const { passed, ...result } = await bench()
  say(JSON.stringify({ ...result, passed }))
  return passed === false ? 1 : 0
}
