import { fits } from './matching'

const rule = (wallet: 'wechat' | 'alipay', link: string, match: 'prefix' | 'exact' = 'prefix') => ({
  wallet,
  link,
  match,
  appId: 'app',
  page: 'pages/home/index',
})

const table: [string, ReturnType<typeof rule>, string, boolean][] = [
  [
    'WeChat: a slash at the end takes what is below',
    rule('wechat', 'https://a.cn/q/'),
    'https://a.cn/q/8F3K2',
    true,
  ],
  ['WeChat: and what is far below', rule('wechat', 'https://a.cn/q/'), 'https://a.cn/q/x/y?z=1', true],
  [
    'WeChat: without the slash only the page itself',
    rule('wechat', 'https://a.cn/q'),
    'https://a.cn/q/8F3K2',
    false,
  ],
  ['WeChat: the page itself with any query', rule('wechat', 'https://a.cn/q'), 'https://a.cn/q?t=1', true],
  [
    'WeChat: a neighbour with the same beginning',
    rule('wechat', 'https://a.cn/q/'),
    'https://a.cn/quit',
    false,
  ],
  ['WeChat: the query begins so', rule('wechat', 'https://a.cn/q?t='), 'https://a.cn/q?t=8F3K2&a=1', true],
  [
    'WeChat: the query begins otherwise',
    rule('wechat', 'https://a.cn/q?t='),
    'https://a.cn/q?a=1&t=8F3K2',
    false,
  ],
  ['WeChat: another protocol', rule('wechat', 'https://a.cn/q/'), 'http://a.cn/q/8F3K2', false],
  ['WeChat: another host', rule('wechat', 'https://a.cn/q/'), 'https://a.cn.evil.cn/q/8F3K2', false],
  [
    'WeChat: a host before the sign @',
    rule('wechat', 'https://a.cn/q/'),
    'https://a.cn@evil.cn/q/8F3K2',
    false,
  ],
  ['WeChat: another port', rule('wechat', 'https://a.cn/q/'), 'https://a.cn:444/q/8F3K2', false],
  ['WeChat: a host in capitals is the same', rule('wechat', 'https://a.cn/q/'), 'https://A.CN/q/8F3K2', true],
  ['WeChat: a path in capitals is another', rule('wechat', 'https://a.cn/q/'), 'https://a.cn/Q/8F3K2', false],
  ['WeChat: a way up and out again', rule('wechat', 'https://a.cn/q/'), 'https://a.cn/q/../admin', false],
  ['Alipay: a beginning', rule('alipay', 'https://a.cn/q/'), 'https://a.cn/q/8F3K2', true],
  ['Alipay: exactly', rule('alipay', 'https://a.cn/q/1', 'exact'), 'https://a.cn/q/1', true],
  ['Alipay: not exactly', rule('alipay', 'https://a.cn/q/1', 'exact'), 'https://a.cn/q/12', false],
  ['Alipay: another host', rule('alipay', 'https://a.cn/q/'), 'https://b.cn/q/8F3K2', false],
]

test.each(table)('%s', (_, one, link, expected) => {
  expect(fits(one, new URL(link))).toBe(expected)
})
