import { readWidths, writtenWidths } from './widths'

test('dragged widths come back', () => {
  expect(readWidths(writtenWidths({ list: 300.4, side: 401 }))).toEqual({ list: 300, side: 401 })
})
test('nothing remembered, garbage, and what is too wide or too narrow still make three panes', () => {
  const usual = readWidths(null)
  expect(readWidths('x,y')).toEqual(usual)
  expect(readWidths(',')).toEqual(usual)
  expect(readWidths('1,9999')).toEqual({ list: 216, side: 520 })
})
