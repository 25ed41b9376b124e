import type { Bill, Owed, OwedGroup } from './api/types'
import {
  billStatus,
  creditNote,
  groupNote,
  holdOf,
  holdSentence,
  lateFeeTag,
  summarize,
  tierParts,
} from './status'

const now = Date.UTC(2026, 10, 22, 1, 20)
const bill = (over: Partial<Bill> = {}): Bill => ({
  id: 'B',
  householdId: 'H',
  companyId: 'gas',
  kind: 'gas',
  period: '2026-10',
  title: '燃气 2026年10月',
  amountFen: 8525,
  paidFen: 0,
  owedFen: 8525,
  lateFeeFen: 0,
  state: 'open',
  dueOn: '2026-11-30',
  heldByPaymentId: null,
  heldByOtherUntil: null,
  asOf: now,
  ...over,
})
const group = (over: Partial<OwedGroup> = {}): OwedGroup => ({
  householdId: 'H',
  companyId: 'gas',
  companyName: '开燃公司',
  kind: 'gas',
  shortAddress: '松海园 41-6-404',
  accountNoMasked: '0021****7002',
  owedFen: 8525,
  unknownReason: null,
  asOf: now,
  creditFen: 0,
  merchantKey: 'M',
  bills: [bill()],
  ...over,
})
const owed = (groups: OwedGroup[]): Owed => ({ totalFen: 0, missing: [], asOf: now, groups })

describe('what is owed', () => {
  test('a figure we do not have is left out of the sum and named', () => {
    const summary = summarize(
      owed([group(), group({ kind: 'power', owedFen: null, unknownReason: '供电系统维护' })]),
      null,
    )
    expect(summary).toMatchObject({ totalFen: 8525, missing: ['电费'] })
  })
  test('when nothing is known there is no total, not a zero', () =>
    expect(summarize(owed([group({ owedFen: null })]), null).totalFen).toBeNull())
  test('one address leaves the others out', () =>
    expect(summarize(owed([group(), group({ shortAddress: '别处', owedFen: 1 })]), '别处').totalFen).toBe(1))
  test('as of is the oldest of the figures', () =>
    expect(summarize(owed([group(), group({ asOf: now - 5 })]), null).asOf).toBe(now - 5))
  test('the note says why a figure is missing', () =>
    expect(groupNote(group({ owedFen: null, unknownReason: '系统维护至 12:00' }), now)).toBe(
      '取不到：系统维护至 12:00',
    ))
  test('a reason that says so itself is not said twice', () =>
    expect(groupNote(group({ owedFen: null, unknownReason: '取不到：系统维护' }), now)).toBe(
      '取不到：系统维护',
    ))
  test('a late fee is shown only where something is owed', () => {
    expect(lateFeeTag(group({ bills: [bill({ lateFeeFen: 1808 })] }))).toBe('含违约金 18.08')
    expect(lateFeeTag(group({ bills: [bill({ lateFeeFen: 1808, owedFen: 0 })] }))).toBeNull()
  })
})

describe('credit', () => {
  test('is summed over what is shown, and says who sets it off', () => {
    const all = owed([group({ creditFen: 1500 }), group({ creditFen: 500, shortAddress: '别处' })])
    expect(creditNote(summarize(all, null))).toBe('余额 20.00 元，由公司在下次出账时抵扣')
    expect(creditNote(summarize(all, '别处'))).toBe('余额 5.00 元，由公司在下次出账时抵扣')
  })
  test('is not spoken of when there is none', () =>
    expect(creditNote(summarize(owed([group()]), null))).toBeNull())
})

describe('a bill has a word for its state', () => {
  test('paid', () => expect(billStatus(bill({ state: 'paid' }), now).text).toBe('已缴清'))
  test('held by an order', () => expect(billStatus(bill({ heldByPaymentId: 'P' }), now).text).toBe('支付中'))
  test('held by somebody else of the household until a moment, and free from then on', () => {
    const until = Date.UTC(2026, 10, 22, 7, 20)
    const held = bill({ heldByOtherUntil: until })
    expect(billStatus(held, now).text).toBe('支付中')
    expect(holdSentence(bill({ heldByOtherUntil: until - 59_000 }), now)).toContain('15:20')
    expect(holdSentence(held, now)).toBe('有人正在缴这笔，15:20 后您也可以缴')
    expect(holdOf(held, until)).toBe('free')
    expect(holdSentence(held, until)).toBeNull()
    expect(billStatus(held, until).text).not.toBe('支付中')
  })
  test('my own order holds it whatever the time', () =>
    expect(holdOf(bill({ heldByPaymentId: 'P' }), now + 1e12)).toBe('mine'))
  test('overdue', () =>
    expect(billStatus(bill({ dueOn: '2026-11-20' }), now)).toEqual({ text: '已过期 2 天', tone: 'bad' }))
})

describe('the tier bar', () => {
  test('fills the tiers in order', () => {
    const parts = tierParts('91', ['50', '110'], 2)
    expect(parts.map((part) => Math.round(part.filledPercent))).toEqual([100, 68, 0])
    expect(Math.round(parts.reduce((sum, part) => sum + part.widthPercent, 0))).toBe(100)
    expect(parts[1]?.current).toBe(true)
  })
  test('draws nothing from words', () => expect(tierParts('未知', ['50'], 1)).toEqual([]))
})
