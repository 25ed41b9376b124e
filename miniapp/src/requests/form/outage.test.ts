import { outageWhen } from './outage'

const now = Date.UTC(2026, 10, 22, 7, 0)

test('a known outage says until when, that nobody knows, or that it takes longer than was said', () => {
  expect(outageWhen({ until: now + 3_600_000 }, now)).toBe('预计今天 16:00 恢复')
  expect(outageWhen({ until: null }, now)).toBe('恢复时间还没有定，定了就更新。')
  expect(outageWhen({ until: now }, now)).toBe('已超过预计时间，正在抢修')
})
