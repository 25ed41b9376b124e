import { browserEnvironment, signInAddress, splitTicket } from './browser'

test.each([
  ['Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 NetType/WIFI', 'wechat-web'],
  ['Mozilla/5.0 (iPhone) AliApp(AP/10.5.0) AlipayClient/10.5.0', 'alipay-web'],
  ['Mozilla/5.0 MicroMessenger/7.0 wxwork/4.1', 'browser'],
  ['Mozilla/5.0 (X11; Linux) Chrome/156', 'browser'],
])('%s runs as %s', (agent, environment) => expect(browserEnvironment(agent)).toBe(environment))

describe('a ticket in the address', () => {
  test('is taken off and the rest stays', () =>
    expect(splitTicket('#/pages/bill/index?billId=B&ticket=abc%2B1')).toEqual({
      ticket: 'abc+1',
      hash: '#/pages/bill/index?billId=B',
    }))
  test('leaves no question mark behind', () =>
    expect(splitTicket('#/pages/home/index?ticket=t')).toEqual({ ticket: 't', hash: '#/pages/home/index' }))
  test('is not invented', () => expect(splitTicket('#/pages/home/index').ticket).toBeNull())
})

test('the way back is the whole route, encoded once', () =>
  expect(signInAddress('/auth/wechat', '#/pages/bill/index?billId=B')).toBe(
    '/auth/wechat?return=%2Fpages%2Fbill%2Findex%3FbillId%3DB',
  ))
