import { bannerOf, type NoticeFacts, phaseOf } from './notice-phase'

const hour = 3_600_000
/** 22 November, 12:00 in Shanghai. */
const now = Date.UTC(2026, 10, 22, 4, 0)
const notice = (part: Partial<NoticeFacts> = {}): NoticeFacts => ({
  shown: 'under-way',
  startsAt: now - hour,
  endsAt: now + 5 * hour,
  restoredAt: null,
  ...part,
})

test('while it lasts it says until when, and counts down', () =>
  expect(phaseOf(notice(), now)).toEqual({
    shown: 'under-way',
    text: '进行中',
    tone: 'accent',
    span: '今天 11:00–17:00',
    line: '预计今天 17:00 恢复',
    note: null,
    label: '预计还有',
    left: '5:00:00',
  }))
test('before it begins it counts to the beginning, with the day in words', () => {
  const planned = notice({ shown: 'planned', startsAt: now + 20 * hour, endsAt: now + 26 * hour })
  const phase = phaseOf(planned, now)
  expect([phase.text, phase.span, phase.line, phase.left]).toEqual([
    '计划中',
    '明天 08:00–14:00',
    '明天 08:00 开始',
    '20:00:00',
  ])
})
test('a plan whose time has come is under way although nobody was asked again', () => {
  const planned = notice({ shown: 'planned', startsAt: now + 1, endsAt: now + hour })
  expect([phaseOf(planned, now).shown, phaseOf(planned, now + 1).shown]).toEqual(['planned', 'under-way'])
})
test('after the expected end it never counts below zero, and says what is being done', () => {
  const phase = phaseOf(notice({ endsAt: now }), now)
  expect([phase.left, phase.line, phase.tone]).toEqual([null, '已超过预计时间，正在抢修', 'bad'])
  expect(phase.note).toContain('今天 12:00')
})
test('without an expected end it says so instead of a figure', () => {
  const phase = phaseOf(notice({ endsAt: null }), now)
  expect([phase.span, phase.line, phase.left]).toEqual(['今天 11:00 起', '恢复时间还没有定', null])
})
test('what is over says when, and does not tick', () => {
  const restored = phaseOf(notice({ shown: 'restored', restoredAt: now - 60_000 }), now)
  expect([restored.text, restored.line, restored.left]).toEqual(['已恢复', '今天 11:59 已恢复', null])
  const cancelled = phaseOf(notice({ shown: 'cancelled', startsAt: now + hour }), now)
  expect([cancelled.text, cancelled.line, cancelled.left]).toEqual(['已取消', '已取消，照常供应', null])
})
test('a plan that nobody ended in words is over, and not called restored', () => {
  const ended = phaseOf(notice({ shown: 'restored', endsAt: now - 80 * hour }), now)
  expect([ended.text, ended.line]).toEqual(['已结束', '已结束'])
})
test('what was put off before it began still counts to its beginning', () => {
  const put = phaseOf(notice({ shown: 'extended', startsAt: now + hour, endsAt: now + 4 * hour }), now)
  expect([put.text, put.label, put.left]).toEqual(['延期', '距开始', '1:00:00'])
})
test('an announcement has neither box nor countdown', () => {
  const phase = phaseOf(notice({ shown: 'general', startsAt: null, endsAt: null }), now)
  expect([phase.text, phase.span, phase.line]).toEqual(['公告', null, null])
})
test('the banner begins with what lasts, then what comes next, then a new announcement; what is over is left out', () => {
  const of = (name: string, part: Partial<NoticeFacts>, updatedAt = now) => ({
    name,
    updatedAt,
    ...notice(part),
  })
  const shown = bannerOf(
    [
      of('announced', { shown: 'general', startsAt: null }),
      of('old news', { shown: 'general', startsAt: null }, now - 8 * 24 * hour),
      of('restored', { shown: 'restored' }),
      of('cancelled', { shown: 'cancelled' }),
      of('in two days', { shown: 'planned', startsAt: now + 48 * hour }),
      of('tomorrow', { shown: 'planned', startsAt: now + 24 * hour }),
      of('lasting', { shown: 'extended' }),
    ],
    now,
  )
  expect(shown.map(({ name }) => name)).toEqual(['lasting', 'tomorrow', 'in two days', 'announced'])
})
