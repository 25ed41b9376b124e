import { byKind, totalOf, usedPercent } from './tally'

const row = (given: object) => ({
  day: '2026-11-21',
  companyId: 'heating',
  template: 'outage-notice',
  title: '停供通知',
  channel: 'sms',
  sent: 10,
  delivered: 8,
  refused: 1,
  failed: 1,
  unknown: 0,
  costFen: 45,
  ...given,
})
const none = { refused: 0, failed: 0, costFen: 0 }
const bill = { template: 'bill-due', title: '账单提醒', sent: 100, delivered: 100, ...none }
const rows = [
  row({}),
  row({ companyId: 'gas', sent: 5, delivered: 5, refused: 0, failed: 0, costFen: 20 }),
  row({
    day: '2026-11-22',
    channel: 'wechat-mini',
    sent: 3,
    delivered: 2,
    refused: 1,
    failed: 0,
    costFen: 0,
  }),
  row({ day: '2026-11-22', channel: 'inbox', sent: 16, delivered: 16, ...none }),
  row({ ...bill, channel: 'inbox' }),
  row(bill),
]

test('a kind is one line of its messages and pushes, with days and channels below it, companies together', () => {
  const [bills, outages] = byKind(rows)
  expect(bills).toMatchObject({ template: 'bill-due', title: '账单提醒', messages: 100, sent: 100 })
  expect(outages).toMatchObject({ messages: 16, sent: 18, delivered: 15, refused: 2, failed: 1, costFen: 65 })
  expect(outages?.lines.map(({ day, channel, sent }) => [day, channel, sent])).toEqual([
    ['2026-11-22', 'inbox', 16],
    ['2026-11-22', 'wechat-mini', 3],
    ['2026-11-21', 'sms', 15],
  ])
})
test('the sum of everything is the sum of the kinds', () => {
  expect(totalOf(rows).sent).toBe(byKind(rows).reduce((sum, { sent }) => sum + sent, 0))
  expect(totalOf(rows).messages).toBe(116)
  expect(totalOf([])).toEqual({
    messages: 0,
    sent: 0,
    delivered: 0,
    refused: 0,
    failed: 0,
    unknown: 0,
    costFen: 0,
  })
})
test('a budget is full only when it is, and none at all is used up by the first message', () => {
  expect([usedPercent(0, 100), usedPercent(99_999, 100_000), usedPercent(150, 100)]).toEqual([0, 99, 100])
  expect([usedPercent(0, 0), usedPercent(1, 0)]).toEqual([0, 100])
})
