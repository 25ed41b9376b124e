import type { Random } from './random'

/** A misbehaviour that is switched on: how often, how many times still, and with which numbers. */
export interface FaultRule {
  name: string
  /** 0 to 1; 1 when absent. */
  probability?: number
  /** How many more times it may strike; without end when absent. */
  times?: number
  params?: Record<string, unknown>
}

/** Switchable misbehaviour. A part of the sandbox asks `take(name)` at the moment the fault would strike. */
export interface Faults {
  /** The rule when the fault strikes now (its count is then used up by one), else undefined. */
  take(name: string): FaultRule | undefined
  set(rule: FaultRule): void
  clear(name: string): void
  active(): FaultRule[]
  /** Adds a name and its Chinese description to the catalogue; a rule with an unknown name is refused. */
  declare(name: string, title: string): void
  readonly catalogue: { name: string; title: string }[]
}

const CALLBACK_FAULTS: [string, string][] = [
  ['callback.late', '回调晚到（params.delayMs，默认 600000）'],
  ['callback.twice', '同一回调同时送两次'],
  ['callback.fifty', '同一回调同时送五十次'],
  ['callback.never', '回调永远不送'],
  ['callback.reorder', '回调压住，等下一个回调先走'],
]

/** Faults drawn from the seeded generator, so that a run can be repeated from its seed. */
export function createFaults(random: Random): Faults {
  const rules = new Map<string, FaultRule>()
  const catalogue = CALLBACK_FAULTS.map(([name, title]) => ({ name, title }))
  return {
    catalogue,
    declare: (name, title) => {
      if (!catalogue.some((entry) => entry.name === name)) catalogue.push({ name, title })
    },
    set: (rule) => {
      if (!catalogue.some((entry) => entry.name === rule.name)) throw new Error(`unknown fault: ${rule.name}`)
      rules.set(rule.name, { ...rule })
    },
    clear: (name) => {
      rules.delete(name)
    },
    active: () => [...rules.values()],
    take: (name) => {
      const rule = rules.get(name)
      if (!rule) return undefined
      if (random.next() >= (rule.probability ?? 1)) return undefined
      if (rule.times !== undefined) {
        rule.times -= 1
        if (rule.times <= 0) rules.delete(name)
      }
      return { ...rule }
    },
  }
}
