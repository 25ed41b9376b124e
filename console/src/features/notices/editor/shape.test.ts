import {
  closedShape,
  isClick,
  mayClose,
  mostPoints,
  nothingDrawn,
  pointsText,
  undone,
  withPoint,
} from './shape'

const at = (n: number) => ({ latE6: 39_000_000 + n, lngE6: 121_000_000 + n })
const drawn = (count: number) =>
  Array.from({ length: count }, (_, index) => at(index)).reduce(withPoint, nothingDrawn)

test('a shape can be closed from three points on', () => {
  expect([mayClose(drawn(2)), mayClose(drawn(3))]).toEqual([false, true])
  expect(closedShape(drawn(2)).closed).toBe(false)
  expect(closedShape(drawn(3)).closed).toBe(true)
})
test('taking back opens a closed shape first, and then loses point by point', () => {
  const open = undone(closedShape(drawn(3)))
  expect(open).toEqual(drawn(3))
  expect(undone(open).points).toHaveLength(2)
  expect(undone(nothingDrawn)).toEqual(nothingDrawn)
})
test('a point after a closed shape begins another one, and sixty points are the end', () => {
  expect(withPoint(closedShape(drawn(3)), at(9))).toEqual({ points: [at(9)], closed: false })
  expect(drawn(mostPoints + 5).points).toHaveLength(mostPoints)
})
test('the server gets latitude and longitude of each point', () => {
  expect(pointsText(drawn(2))).toBe('39000000,121000000;39000001,121000001')
  expect(pointsText(drawn(mostPoints)).length).toBeLessThanOrEqual(1500)
})
test('a hand that trembles still clicks, a hand that drags does not', () => {
  expect(isClick({ x: 10, y: 10 }, { x: 12, y: 13 })).toBe(true)
  expect(isClick({ x: 10, y: 10 }, { x: 30, y: 10 })).toBe(false)
})
