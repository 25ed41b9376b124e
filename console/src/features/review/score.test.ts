import { sumOf } from './score'

const sheet = [
  { item: 'greeting', max: 20 },
  { item: 'solution', max: 50 },
]

test('a sheet is whole when every item has points within its bounds', () => {
  expect(sumOf(sheet, { greeting: 20, solution: 0 })).toEqual({ total: 20, most: 70, whole: true })
  expect(sumOf(sheet, { greeting: 20 })).toEqual({ total: 20, most: 70, whole: false })
  expect(sumOf(sheet, { greeting: 21, solution: 1 })).toEqual({ total: 1, most: 70, whole: false })
  expect(sumOf(sheet, { greeting: 1.5, solution: null }).whole).toBe(false)
  expect(sumOf([], {}).whole).toBe(false)
})
