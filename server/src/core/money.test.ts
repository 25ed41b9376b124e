import { amountInCapitals, formatYuan, parseYuan, yuanInWords } from './money'

describe('parseYuan', () => {
  test.each([
    ['341.40', 34140],
    ['19.99', 1999],
    ['4.35', 435],
    ['0.10', 10],
    ['0.1', 10],
    ['7', 700],
    ['-3000.00', -300000],
    ['-0.00', 0],
    ['99999999999.99', 9999999999999],
  ])('reads %s digit by digit (F27)', (text, fen) => {
    expect(parseYuan(text)).toBe(fen)
  })
  test.each([
    '',
    ' 19.99',
    '19.990',
    '1e2',
    '1,000.00',
    '+1',
    '.5',
    '5.',
    'NaN',
    '１',
    '0x10',
    '999999999999',
  ])('refuses %p instead of guessing (F27)', (text) => {
    expect(parseYuan(text)).toBeNull()
  })
  test('every fen below ten thousand yuan survives the way there and back', () => {
    const changed: number[] = []
    for (let fen = 0; fen < 1_000_000; fen++) if (parseYuan(formatYuan(fen)) !== fen) changed.push(fen)
    expect(changed).toEqual([])
  })
})

describe('amountInCapitals', () => {
  test.each([
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角整'],
    [105, '壹元零伍分'],
    [1000, '壹拾元整'],
    [10010, '壹佰元壹角整'],
    [363408, '叁仟陆佰叁拾肆元零捌分'],
    [361600, '叁仟陆佰壹拾陆元整'],
    [34140, '叁佰肆拾壹元肆角整'],
    [1000000, '壹万元整'],
    [1000100, '壹万零壹元整'],
    [10010000, '壹拾万零壹佰元整'],
    [100000000, '壹佰万元整'],
    [10000000000, '壹亿元整'],
    [10000000100, '壹亿零壹元整'],
    [1010101010, '壹仟零壹拾万壹仟零壹拾元壹角整'],
    [12345678990, '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元玖角整'],
  ])('%i fen reads %s', (fen, words) => {
    expect(amountInCapitals(fen)).toBe(words)
  })
})

test.each([
  [0, '0.00'],
  [99_999, '999.99'],
  [100_000, '1,000.00'],
  [361_600, '3,616.00'],
  [-123_456_789, '-1,234,567.89'],
])('%i fen are said as %s', (fen, said) => {
  expect(yuanInWords(fen)).toBe(said)
})
