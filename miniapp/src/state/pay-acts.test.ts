import { actFor, actOfPayment, answerAct, endAct } from './pay-acts'

const stored = new Map<string, unknown>()
jest.mock('../platform/storage', () => ({
  load: (name: string) => stored.get(name) ?? null,
  save: (name: string, value: unknown) => stored.set(name, JSON.parse(JSON.stringify(value))),
}))
beforeEach(() => stored.clear())

describe('an intended payment', () => {
  test('keeps its id however often it is tried, in whatever order its bills are ticked', () =>
    expect(actFor(['b', 'a'], 'wechat-oa', 300).clientId).toBe(actFor(['a', 'b'], 'wechat-oa', 300).clientId))
  test('is another act when the sum has changed', () =>
    expect(actFor(['a'], 'wechat-oa', 300).clientId).not.toBe(actFor(['a'], 'wechat-oa', 301).clientId))
  test('is another act in another wallet', () =>
    expect(actFor(['a'], 'wechat-oa', 300).clientId).not.toBe(actFor(['a'], 'alipay-wap', 300).clientId))
  test('is found again by the order the server made of it', () => {
    const act = actFor(['a'], 'wechat-oa', 300)
    answerAct(act.clientId, 'P1')
    expect(actOfPayment('P1')).toEqual({ ...act, paymentId: 'P1' })
  })
  test('starts anew once its order has come to an end', () => {
    const act = actFor(['a'], 'wechat-oa', 300)
    answerAct(act.clientId, 'P1')
    endAct({ paymentId: 'P1' })
    expect(actOfPayment('P1')).toBeNull()
    expect(actFor(['a'], 'wechat-oa', 300).clientId).not.toBe(act.clientId)
  })
  test('ending an order that another phone began leaves this phone’s acts alone', () => {
    const act = actFor(['a'], 'wechat-oa', 300)
    endAct({ paymentId: 'P9' })
    expect(actFor(['a'], 'wechat-oa', 300).clientId).toBe(act.clientId)
  })
})
