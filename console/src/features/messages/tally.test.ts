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
  row({
    template: 'bill-due',
    title: '账单提醒',
    sent: 100,
    delivered: 100,
    refused: 0,
    failed: 0,
    costFen: 0,
  }),
]

test('a kind is one line with its days and channels below it, newest first, companies together', () => {
  const [bills, outages] = byKind(rows)
  expect(bills).toMatchObject({ template: 'bill-due', title: '账单提醒', sent: 100 })
  expect(outages).toMatchObject({ sent: 18, delivered: 15, refused: 2, failed: 1, costFen: 65 })
  expect(outages?.lines.map(({ day, channel, sent }) => [day, channel, sent])).toEqual([
    ['2026-11-22', 'wechat-mini', 3],
    ['2026-11-21', 'sms', 15],
  ])
})
test('the sum of everything is the sum of the kinds', () => {
  expect(totalOf(rows).sent).toBe(byKind(rows).reduce((sum, { sent }) => sum + sent, 0))
  expect(totalOf([])).toEqual({ sent: 0, delivered: 0, refused: 0, failed: 0, unknown: 0, costFen: 0 })
})
test('a budget is full only when it is, and none at all is used up by the first message', () => {
  expect([usedPercent(0, 100), usedPercent(99_999, 100_000), usedPercent(150, 100)]).toEqual([0, 99, 100])
  expect([usedPercent(0, 0), usedPercent(1, 0)]).toEqual([0, 100])
})
