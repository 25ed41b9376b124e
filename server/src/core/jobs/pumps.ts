import type { Core, CoreCtx } from '../context'
import { outsideTransaction } from '../db/database'
import type { Pump } from './define'

export interface Pumps {
  /** Begins a turn of every pump that has none, and sees to another one where a turn is under way. */
  begin(): void
  /** Gives every pump a turn, one after the other, and answers how much they did. */
  runDue(): Promise<number>
  /** Answers when no turn of this process is under way any more. */
  settled(): Promise<void>
}

/** Each pump of this process with at most one turn at a time; what fails is logged and comes back with the next poll. */
export function pumpTurns<C extends CoreCtx>(options: {
  readonly core: Core
  readonly pumps: readonly Pump<C>[]
  readonly contextFor: (requestId: string) => C
  readonly stopping: AbortSignal
}): Pumps {
  const { core, stopping } = options
  const underWay = new Map<string, Promise<number>>()
  const again = new Set<string>()

  const turns = async (pump: Pump<C>): Promise<number> => {
    let done = 0
    do {
      again.delete(pump.name)
      done += await pump.run(options.contextFor(`pump-${pump.name}-${core.clock.now()}`), stopping)
    } while (again.has(pump.name) && !stopping.aborted)
    return done
  }
  const begin = (pump: Pump<C>): Promise<number> => {
    const known = underWay.get(pump.name)
    if (known) {
      again.add(pump.name)
      return known
    }
    const begun = outsideTransaction(() => turns(pump))
      .catch((error: unknown) => {
        core.log.error({ pump: pump.name, err: error }, 'pumps.turn-failed')
        core.metrics.jobs.inc({ job: pump.name, outcome: 'retry' })
        return 0
      })
      .finally(() => underWay.delete(pump.name))
    underWay.set(pump.name, begun)
    return begun
  }
  return {
    begin: () => {
      if (!stopping.aborted) for (const pump of options.pumps) void begin(pump)
    },
    runDue: async () => {
      let done = 0
      for (const pump of options.pumps) if (!stopping.aborted) done += await begin(pump)
      return done
    },
    settled: async () => {
      await Promise.all(underWay.values())
    },
  }
}
