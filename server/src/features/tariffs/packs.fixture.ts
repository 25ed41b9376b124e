import { type RulePack, type RulePackInput, rulePackSchema } from './rule-pack'

type Tiers = NonNullable<RulePackInput['values']['tiers']>
interface Change {
  readonly validFrom?: string | null
  readonly validUntil?: string | null
  readonly tiers?: Partial<Tiers>
  readonly values?: Partial<RulePackInput['values']>
}

/** 50 and 110 m³ a month at 3.41, 3.92 and 5.12 yuan, changed where a test needs it. */
export function packWith({
  validFrom = '2026-01-01',
  validUntil = null,
  tiers,
  values,
}: Change = {}): RulePack {
  return rulePackSchema.parse({
    city: '某市',
    kind: 'gas',
    title: '居民燃气阶梯价格',
    unit: 'm³',
    validFrom,
    validUntil,
    source: '某市发改价格〔2025〕1号',
    checkedAt: '2026-11-01',
    values: {
      tiers: {
        every: 'month',
        steps: [
          { upTo: '50', price: '3.41' },
          { upTo: '110', price: '3.92' },
          { upTo: null, price: '5.12' },
        ],
        ...tiers,
      },
      ...values,
    },
  })
}

/** The first units of a year at 2.99, then 3.44 and 4.34 yuan. */
export const yearly = (change: Change = {}): RulePack =>
  packWith({
    ...change,
    tiers: {
      every: 'year',
      steps: [
        { upTo: '400', price: '2.99' },
        { upTo: '1680', price: '3.44' },
        { upTo: null, price: '4.34' },
      ],
      ...change.tiers,
    },
  })

/** A small generator whose numbers depend on the seed alone (mulberry32), so that a failure can be repeated. */
export function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
