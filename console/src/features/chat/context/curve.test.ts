import { curveOf } from './curve'

const row = (period: string, amountFen: number, quantity: string | null = null) => ({
  period,
  amountFen,
  quantity,
  unit: quantity === null ? null : 'm³',
})

test('quantities are drawn with their unit, from the ground to the top', () => {
  const curve = curveOf(
    [row('2026-08', 100, '0'), row('2026-09', 900, '10.5'), row('2026-10', 500, '21')],
    100,
    40,
  )
  expect([curve?.unit, curve?.most]).toEqual(['m³', 21])
  expect(curve?.points.map(({ x, y }) => [x, y])).toEqual([
    [0, 40],
    [50, 20],
    [100, 0],
  ])
})
test('where one quantity is missing the money is drawn, in yuan', () => {
  const curve = curveOf([row('2026-09', 12_345, '3'), row('2026-10', 20_000)], 100, 40)
  expect([curve?.unit, curve?.points.map(({ value }) => value)]).toEqual([null, [123.45, 200]])
})
test('one period is no curve, nothing used is a line on the ground, and garbage is not drawn', () => {
  expect(curveOf([row('2026-10', 1)], 100, 40)).toBeNull()
  expect(curveOf([row('a', 0), row('b', 0)], 100, 40)?.points.map(({ y }) => y)).toEqual([40, 40])
  expect(curveOf([row('a', 0, 'x'), row('b', 0, '1')], 100, 40)).toBeNull()
})
