import { looksLikeEmail } from './looks-like-email'

test('ordinary addresses can get a code', () => {
  for (const text of ['wang@qq.com', 'a.b+c@mail.example.com.cn', '13800138000@139.com'])
    expect([text, looksLikeEmail(text)]).toEqual([text, true])
})
test('half an address, two of them and Chinese letters cannot', () => {
  for (const text of [
    '',
    'wang',
    'wang@',
    '@qq.com',
    'wang@qq',
    'a@b.com,c@d.com',
    '王@qq.com',
    'a b@qq.com',
  ])
    expect([text, looksLikeEmail(text)]).toEqual([text, false])
})
