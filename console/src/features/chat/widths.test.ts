import { fitted, readWidths, writtenWidths } from './widths'

test('dragged widths come back', () => {
  expect(readWidths(writtenWidths({ list: 300.4, side: 401 }))).toEqual({ list: 300, side: 401 })
})
test('in a window of 1024 pixels, less the menu, the conversation keeps its room', () => {
  expect(fitted({ list: 296, side: 332 }, 1376)).toEqual({ list: 296, side: 332 })
  expect(fitted({ list: 296, side: 332 }, 960)).toEqual({ list: 290, side: 250 })
  expect(fitted({ list: 440, side: 520 }, 960)).toEqual({ list: 290, side: 250 })
  expect(fitted({ list: 216, side: 250 }, 700)).toEqual({ list: 216, side: 250 })
})
test('nothing remembered, garbage, and what is too wide or too narrow still make three panes', () => {
  const usual = readWidths(null)
  expect(readWidths('x,y')).toEqual(usual)
  expect(readWidths(',')).toEqual(usual)
  expect(readWidths('1,9999')).toEqual({ list: 216, side: 520 })
})
