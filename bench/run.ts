import { benchBills, benchGrowth } from './bills'
import { benchCallback } from './callback'
import { benchChat } from './chat'
import { benchFanout } from './fanout'
import { benchFirstScreen } from './first-screen'
import { benchImport } from './import'
import { benchInbox } from './inbox'
import { type BenchResult, say } from './lib/result'
import { benchRequests } from './requests'
import { benchSearch } from './search'
import { benchSize } from './size'

const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  callback: benchCallback,
  bills: benchBills,
  growth: benchGrowth,
  import: benchImport,
  requests: benchRequests,
  inbox: benchInbox,
  fanout: benchFanout,
  chat: benchChat,
  search: benchSearch,
  size: benchSize,
  'first-screen': benchFirstScreen,
}

/** Runs one bench by name; its last line is one line of JSON. Answers the exit code: 1 when a target was missed. */
export async function runBench(name: string | undefined): Promise<number> {
  const bench = name === undefined ? undefined : benches[name]
  if (!bench) {
    say(`Usage: npm run bench -- ${Object.keys(benches).join(' | ')}`)
    return 64
  }
  const result = await bench()
  say(JSON.stringify(result))
  return result['passed'] === false ? 1 : 0
}
