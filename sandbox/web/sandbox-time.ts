import type { Control } from './control'

/** The sandbox's clock as the browser last heard it, carried on by the browser's own. */
export interface SandboxTime {
  nowMs(): number
  speed(): number
  /** Asks again now, as after the clock was moved. */
  refresh(): Promise<void>
}

const ASK_EVERY_MS = 5_000

interface StateAnswer {
  clock: { nowMs: number; speed: number }
}

/** Follows the sandbox's clock; until the first answer the browser's own time stands in. */
export function createSandboxTime(control: Control): SandboxTime {
  let known = { atRealMs: Date.now(), nowMs: Date.now(), speed: 1 }
  const refresh = async (): Promise<void> => {
    const { clock } = await control.get<StateAnswer>('/state')
    known = { atRealMs: Date.now(), nowMs: clock.nowMs, speed: clock.speed }
  }
  const ask = (): void => {
    if (document.visibilityState === 'visible') refresh().catch(() => undefined)
  }
  ask()
  setInterval(ask, ASK_EVERY_MS)
  return {
    nowMs: () => known.nowMs + (Date.now() - known.atRealMs) * known.speed,
    speed: () => known.speed,
    refresh,
  }
}
