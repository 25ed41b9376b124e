import { createClock, type Clock } from './clock'
import type { SandboxConfig } from './config'
import { createFaults, type Faults } from './faults'
import { createInbox, type PhoneInbox } from './inbox'
import { createMoney, type Money } from './money'
import { createNotifier, type Notifier } from './notifier'
import { createPeople, type People } from './people'
import { createRandom, type Random } from './random'
import { createStore, type Store } from './store'

export type { Clock } from './clock'
export type {
  AlipayAppConfig,
  MerchantConfig,
  SandboxConfig,
  TemplateConfig,
} from './config'
export type { FaultRule, Faults } from './faults'
export type { PhoneInbox, PhoneMessage } from './inbox'
export type { Money, MoneyRow } from './money'
export type { Notifier } from './notifier'
export type { People, Person } from './people'
export type { Random } from './random'
export type { Store, Table } from './store'

/** What every part of the sandbox stands on. */
export interface Kernel {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly faults: Faults
  readonly people: People
  readonly inbox: PhoneInbox
  readonly config: SandboxConfig
  readonly notifier: Notifier
  readonly money: Money
  /** Writes one JSON line. */
  readonly log: (event: string, fields?: object) => void
  /** Stops the timers and writes the snapshot. */
  stop(): Promise<void>
}

/** Writes one JSON line to the standard output. */
export function logLine(event: string, fields: object = {}): void {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`)
}

/** Builds the kernel from the configuration, continuing from the snapshot in the data directory if there is one. */
export function createKernel(
  config: SandboxConfig,
  options: { log?: Kernel['log']; startMs?: number } = {},
): Kernel {
  const log = options.log ?? logLine
  const store = createStore(config.dataDir)
  const inner = store.table<number>('kernel')
  const random = createRandom(config.seed)
  const state = inner.get(`random-${config.seed}`)
  if (state !== undefined) random.restore(state)
  const startMs = options.startMs ?? Date.now() + Math.max(0, inner.get('leadMs') ?? 0)
  const clock = createClock(startMs, config.speed, (label, error) =>
    log('timer.failed', {
      label,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  )
  store.beforeSave(() => {
    inner.put(`random-${config.seed}`, random.state())
    inner.put('leadMs', clock.leadMs())
  })
  const faults = createFaults(random)
  const notifier = createNotifier(clock, faults, log)
  return {
    clock,
    random,
    store,
    faults,
    people: createPeople(store, config.people),
    inbox: createInbox(store),
    config,
    notifier,
    money: createMoney(),
    log,
    stop: async () => {
      clock.stop()
      await notifier.idle()
      store.stop()
    },
  }
}
