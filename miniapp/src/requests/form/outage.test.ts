import type { Precheck } from '../../api/types'
import { knownBefore, outageWhen } from './outage'

const now = Date.UTC(2026, 10, 22, 7, 0)

test('a known outage says until when, that nobody knows, or that it takes longer than was said', () => {
  expect(outageWhen({ until: now + 3_600_000 }, now)).toBe('预计今天 16:00 恢复')
  expect(outageWhen({ until: null }, now)).toBe('恢复时间还没有定，定了就更新。')
  expect(outageWhen({ until: now }, now)).toBe('已超过预计时间，正在抢修')
})

test('who asks for a re-test is not stopped by the own request, and still hears of an outage and of neighbours', () => {
  const similar = (requestId: string, own: boolean): Precheck['similar'][number] => ({
    requestId,
    typeName: '测温',
    where: '同单元',
    createdAt: now,
    state: 'resolved',
    stateWords: '已处理，请您确认',
    followers: 0,
    own,
  })
  const precheck: Precheck = {
    outages: [{ noticeId: 'notice', title: '停暖', until: null, subscribed: false }],
    similar: [similar('mine', true), similar('neighbours', false)],
    clocks: [],
    contactNameMasked: null,
    contactPhoneMasked: null,
  }
  expect(knownBefore(precheck, false)).toBe(precheck)
  expect(knownBefore(precheck, true)).toEqual({ ...precheck, similar: [precheck.similar[1]] })
})
