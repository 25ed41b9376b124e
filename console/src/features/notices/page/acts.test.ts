import { actName, headActs } from './acts'
import { noticePageWords } from './words'

test('a draft is written on first of all, and published where its numbers stand', () => {
  expect(headActs(['save', 'submit', 'test-send', 'discard'], true)).toEqual([
    { act: 'discard', look: 'danger' },
    { act: 'test-send', look: 'plain' },
    { act: 'save', look: 'first' },
  ])
})
test('who may approve is asked to, and who may not has no such button', () => {
  expect(headActs(['save', 'approve', 'refuse'], true).at(-1)).toEqual({ act: 'approve', look: 'first' })
  expect(headActs(['save', 'refuse'], true).map(({ act }) => act)).toEqual(['save'])
})
test('while it is sent, stopping is the last button and looks its part', () => {
  expect(headActs(['restore', 'extend', 'cancel', 'stop'], true).at(-1)).toEqual({
    act: 'stop',
    look: 'danger',
  })
})
test('what has not begun cannot be over', () => {
  const names = (begun: boolean) => headActs(['restore', 'extend', 'cancel'], begun).map(({ act }) => act)
  expect([names(true), names(false)]).toEqual([
    ['cancel', 'extend', 'restore'],
    ['cancel', 'extend'],
  ])
})
test('acts are called what they are at this notice', () => {
  const { zh } = noticePageWords
  const at = (kind: 'planned' | 'general', state: 'draft' | 'scheduled' | 'live') =>
    (['stop', 'cancel', 'discard'] as const).map((act) => actName(act, { kind, state }, zh))
  expect(at('planned', 'live')).toEqual(['停止发送', '取消停供', '删除'])
  expect(at('general', 'scheduled')).toEqual(['取消定时', '撤回公告', '删除'])
  expect(at('planned', 'draft')).toEqual(['停止发送', '取消停供', '删除草稿'])
})
