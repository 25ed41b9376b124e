import { parseArgs } from 'node:util'
import { type Services, temporaryServices } from '../../scripts/services'
import { say } from '../lib/result'
import type { TortureEngine } from './city'
import type { Invariant } from './invariants'
import { chatStorm } from './chat-storm'
import { runFaults } from './faults'
import { noticeStorm } from './notice-storm'
import { torture } from './torture'

const USAGE = `npm run torture -- [options]
  --engine sqlite|mariadb|both   (both)
  --payments N                   how many residents try to pay (2000)
  --seed N                       the same plan again
  --kill-every MS                on average (4000)
  --faults                       single faults of security.md that need a real process, instead of the storm
  --only F35                     one of them
  --notices                      workers are killed while a notice is spread and sent (N08, N10, I9, I10)
  --chat                         connections break, processes die and Redis is away while people talk (N19)
  --conversations N              of these (200)`

/** Runs the torture on the engines asked for; 1 when an invariant was broken. */
export async function runTorture(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: { type: 'string', default: 'both' },
      payments: { type: 'string', default: '2000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      'kill-every': { type: 'string', default: '4000' },
      faults: { type: 'boolean', default: false },
      only: { type: 'string' },
      notices: { type: 'boolean', default: false },
      chat: { type: 'boolean', default: false },
      conversations: { type: 'string', default: '200' },
    },
  })
  if (values.faults) return runFaults(values.only)
  const engines: TortureEngine[] =
    values.engine === 'both' ? ['sqlite', 'mariadb'] : values.engine === 'sqlite' ? ['sqlite'] : ['mariadb']
  const counts = [values.payments, values.seed, values['kill-every'], values.conversations]
  const [payments, seed, killEveryMs, conversations] = counts.map(Number)
  if (!payments || !conversations || seed === undefined || Number.isNaN(seed) || !killEveryMs) {
    say(USAGE)
    return 64
  }
  const kind = values.notices ? 'notices' : values.chat ? 'chat' : 'payments'
  const what = {
    notices: 'a notice',
    chat: `${conversations} conversations`,
    payments: `${payments} payments`,
  }
  say(`seed ${seed}: ${what[kind]} on ${engines.join(' and ')}, a kill -9 every ${killEveryMs} ms or so`)
  const services = engines.includes('mariadb') ? await temporaryServices() : null
  try {
    return await onEach(engines, { services, payments, conversations, seed, killEveryMs, kind })
  } finally {
    await services?.stop()
  }
}

const STORMS = { notices: noticeStorm, chat: chatStorm, payments: torture }

async function onEach(
  engines: readonly TortureEngine[],
  options: {
    services: Services | null
    payments: number
    seed: number
    killEveryMs: number
    conversations: number
    kind: 'notices' | 'chat' | 'payments'
  },
): Promise<number> {
  let passed = 0
  let failed = 0
  // Side by side: most of a run is waiting, for restarts and for what is repeated later.
  const results = await Promise.all(
    engines.map(async (engine) => ({
      engine,
      invariants: await STORMS[options.kind]({ engine, ...options }),
    })),
  )
  for (const { engine, invariants } of results) {
    for (const invariant of invariants) {
      tellInvariant(engine, invariant)
      if (invariant.violations.length === 0) passed += 1
      else failed += 1
    }
  }
  const again = {
    notices: '--notices',
    chat: `--chat --conversations ${options.conversations}`,
    payments: `--payments ${options.payments}`,
  }
  if (failed > 0) say(`again with: npm run torture -- ${again[options.kind]} --seed ${options.seed}`)
  say(`seed ${options.seed}`)
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

function tellInvariant(engine: TortureEngine, { id, holds, numbers, violations }: Invariant): void {
  say(
    `[${engine}] ${id} ${violations.length === 0 ? 'holds' : 'BROKEN'}: ${holds} ${JSON.stringify(numbers)}`,
  )
  for (const violation of violations) say(`    ${violation}`)
}
