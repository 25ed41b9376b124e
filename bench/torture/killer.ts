import type { PortalNode } from './city'
import { pause } from './portal-client'
import type { Random } from './random'

export interface Killer {
  kills(): number
  /** Stops killing and leaves every node up. */
  stop(): Promise<void>
}

/** Kills one node after another outright, wherever it happens to be, and starts it again at once. */
export function startKiller(nodes: readonly PortalNode[], random: Random, everyMs: number): Killer {
  let kills = 0
  let over = false
  const last = (async () => {
    while (!over) {
      await pause(everyMs * (0.5 + random.next()))
      if (over) return
      const victim = random.pick(nodes)
      await victim.kill9()
      kills += 1
      await victim.start()
    }
  })()
  return {
    kills: () => kills,
    stop: async () => {
      over = true
      await last
    },
  }
}
