import type { Control, FaultRule } from './control'
import type { Random } from './random'

/** What the outside world does wrong. Each spell of weather draws some of these from the seed. */
const SPELLS: readonly FaultRule[] = [
  { name: 'callback.late', probability: 0.3, params: { delayMs: 60_000 } },
  { name: 'callback.twice', probability: 0.4 },
  { name: 'callback.fifty', probability: 0.05 },
  { name: 'callback.never', probability: 0.25 },
  { name: 'callback.reorder', probability: 0.3 },
  { name: 'callback.fresh-id', probability: 0.4 },
  { name: 'callback.tampered', probability: 0.2 },
  { name: 'callback.wrong-serial', probability: 0.1 },
  { name: 'prepay.reply-after-callback', probability: 0.15 },
  { name: 'http.429', probability: 0.1 },
  { name: 'http.500', probability: 0.1 },
  { name: 'http.500', probability: 0.1, params: { when: 'after' } },
  { name: 'http.garbage', probability: 0.08 },
  { name: 'http.cut', probability: 0.1 },
  { name: 'http.cut', probability: 0.1, params: { when: 'before' } },
  { name: 'http.slow', probability: 0.02, params: { delayMs: 6_000 } },
  { name: 'alipay.http.429', probability: 0.1 },
  { name: 'alipay.http.500', probability: 0.1 },
  { name: 'alipay.http.garbage', probability: 0.08 },
  { name: 'alipay.http.cut', probability: 0.1 },
  { name: 'alipay.system-error-after-create', probability: 0.1 },
  { name: 'alipay.buyer-id', probability: 0.3 },
  { name: 'alipay.pay.amount-off-by-one', probability: 0.1 },
  { name: 'alipay.pay.other-merchant', probability: 0.1 },
  { name: 'alipay.pay.other-app', probability: 0.05 },
  { name: 'alipay.pay.unknown-order', probability: 0.05 },
  { name: 'alipay.pay.ok-but-unpaid', probability: 0.05 },
  { name: 'alipay.pay.processing', probability: 0.1 },
  { name: 'alipay.notify.forged', probability: 0.2 },
  { name: 'alipay.notify.finished-after-success', probability: 0.2 },
  { name: 'alipay.refund.accepted-not-done', probability: 0.2 },
  { name: 'pay.amount-off-by-one', probability: 0.1 },
  { name: 'pay.amount-off-by-one', probability: 0.1, params: { deltaFen: -1 } },
  { name: 'pay.other-merchant', probability: 0.1 },
  { name: 'pay.other-app', probability: 0.05 },
  { name: 'pay.unknown-order', probability: 0.05 },
  { name: 'pay.coupon', probability: 0.3, params: { couponFen: 100 } },
  { name: 'probe.signtest', probability: 0.2 },
  { name: 'probe.signtest-answer', probability: 0.05 },
  { name: 'token.killed', probability: 0.2 },
  { name: 'utility.twice', probability: 0.2 },
  { name: 'utility.accepted-then-cut', probability: 0.2 },
]

const COMPANIES = ['heating', 'gas']

export interface Weather {
  /** How many faults were switched on, by name. */
  readonly switchedOn: ReadonlyMap<string, number>
  /** Ends the weather and leaves clear skies. */
  stop(): Promise<void>
}

/** Every `spellMs` the sky changes: about a third of the faults are on, and sometimes a billing system is away. */
export function startWeather(control: Control, random: Random, spellMs: number): Weather {
  const switchedOn = new Map<string, number>()
  let over = false
  const change = async (): Promise<void> => {
    await control.clearFaults()
    for (const rule of SPELLS) {
      if (!random.chance(0.35)) continue
      await control.setFault(rule)
      switchedOn.set(rule.name, (switchedOn.get(rule.name) ?? 0) + 1)
    }
    for (const company of COMPANIES) await control.utilityDown(company, random.chance(0.2))
  }
  const last = (async () => {
    while (!over) {
      await change()
      await new Promise((resolve) => setTimeout(resolve, spellMs))
    }
  })()
  return {
    switchedOn,
    stop: async () => {
      over = true
      await last
      await control.clearFaults()
      for (const company of COMPANIES) await control.utilityDown(company, false)
    },
  }
}
