import type { PortalNode } from './city'
import { pause } from './portal-client'
import type { Random } from './random'

export interface Killer {
  kills(): number
  /** Stops killing and leaves every node up. */
  stop(): Promise<void>
}

/**
 * Kills one node after another outright, wherever it happens to be, and starts it again at once. `whileDown` runs
 * once, after the second kill and before its node is back.
 */
export function startKiller(
  nodes: readonly PortalNode[],
  random: Random,
  everyMs: number,
  whileDown: () => Promise<void>,
): Killer {
  let kills = 0
  let over = false
  const last = (async () => {
    while (!over) {
      await pause(everyMs * (0.5 + random.next()))
      if (over) return
      const victim = random.pick(nodes)
      await victim.kill9()
      kills += 1
      if (kills === 2) await whileDown()
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
