import { accountNoIn, onPhoneOf, scanTokenIn, splitCode, splitScan, tokenIn } from './code-link'

const TOKEN = 'EQD_ECAwQFBgcKsAAAAAAAAAAAAA'
const link = `https://pay.example.com/q/${TOKEN}`

test('a token is found in the link, plain or encoded once, and with what a wallet puts behind it', () => {
  for (const text of [
    link,
    encodeURIComponent(link),
    `${link}?from=scan`,
    `http://127.0.0.1:5600/q/${TOKEN}#x`,
  ])
    expect(tokenIn(text)).toBe(TOKEN)
})
test('other links, other paths and bare texts are no codes', () => {
  for (const text of [
    'https://pay.example.com/q/',
    'https://a.example/x/q/abc',
    TOKEN,
    '002100009999',
    '',
    null,
    '%',
  ])
    expect(tokenIn(text)).toBeNull()
})
test('a bar code gives its digits; a link never does, though it may hold some', () => {
  expect(accountNoIn('CODE_128,002100009999')).toBe('002100009999')
  expect(accountNoIn('https://pay.example.com/q/12345678')).toBeNull()
  expect(accountNoIn('12345')).toBeNull()
})

describe('a code in the address', () => {
  test.each([
    `t=${TOKEN}`,
    `q=${encodeURIComponent(link)}&scancode_time=1795`,
    `qrCode=${encodeURIComponent(link)}`,
  ])('%s is taken off', (query) =>
    expect(splitCode(`#/codes/home/index?${query}`)).toEqual({ token: TOKEN, hash: '#/codes/home/index' }),
  )
  test('stays away from other pages', () => {
    const hash = `#/pages/bill/index?t=${TOKEN}`
    expect(splitCode(hash)).toEqual({ token: null, hash })
    expect(splitCode('#/codes/home/index')).toEqual({ token: null, hash: '#/codes/home/index' })
  })
})

const PC = 'ab'.repeat(16)
const BILL = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'
test('a code on a PC’s screen signs it in, or leads to a bill; nothing else leads anywhere', () => {
  expect(scanTokenIn(encodeURIComponent(`https://pay.example.com/s/${PC}`))).toBe(PC)
  expect(scanTokenIn(link)).toBeNull()
  expect(tokenIn(`https://pay.example.com/s/${PC}`)).toBeNull()
  expect(onPhoneOf(PC)).toEqual({ kind: 'pc', token: PC })
  expect(onPhoneOf(`b-${BILL}`)).toEqual({ kind: 'bill', billId: BILL })
  expect(onPhoneOf('bills')).toEqual({ kind: 'bills' })
  for (const text of ['x', TOKEN, `b-${BILL}0`, 'b-../../pages', PC.toUpperCase()])
    expect([text, onPhoneOf(text)]).toEqual([text, null])
})
test('its token is taken off the address, however it came', () => {
  const encoded = encodeURIComponent(`https://pay.example.com/s/${PC}`)
  for (const query of [`t=${PC}`, `q=${encoded}&scancode_time=1`, `qrCode=${encoded}`])
    expect(splitScan(`#/hall/scan/index?${query}`)).toEqual({ token: PC, hash: '#/hall/scan/index' })
  expect(splitScan(`#/codes/home/index?t=${TOKEN}`)).toMatchObject({ token: null })
})
