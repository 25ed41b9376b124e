import { fenOf } from './fen-of'

test.each([
  ['3073.60', 307_360],
  ['3073.6', 307_360],
  ['0.07', 7],
  ['19.99', 1999],
  ['0', 0],
  ['', null],
  ['1,000', null],
  ['-1', null],
  ['1.234', null],
])('%s yuan are %s fen', (text, fen) => {
  expect(fenOf(text)).toBe(fen)
})
