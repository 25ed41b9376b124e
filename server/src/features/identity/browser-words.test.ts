import { browserWords, networkWords } from './browser-words'

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0',
    'Windows 电脑的 Edge 浏览器',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0 Safari/537.36',
    'Windows 电脑的 Chrome 浏览器',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15', '苹果电脑的 Safari 浏览器'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Linux 电脑的火狐浏览器'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/94.0 Safari/537.36 QQBrowser/12.0', 'Windows 电脑的 QQ 浏览器'],
  ['您的银行卡已冻结，请点确认', '一台电脑的浏览器'],
  ['', '一台电脑的浏览器'],
])('%s → %s', (agent, words) => {
  expect(browserWords(agent)).toBe(words)
})

test('a network is told so far that it can be recognised as not one’s own', () => {
  expect(networkWords('113.12.8.9')).toBe('113.12.*.*')
  expect(networkWords('2408:8207:1850:1::/64')).toBe('2408:8207:*')
  expect(networkWords(null)).toBe('未知网络')
})
