import { clustered, dueTone, fitted, moved, placeUnder, planeAt, unplaneAt, worstOf, zoomed } from './plane'

const size = { width: 1000, height: 600 }

test('north is up, and a degree of longitude is as wide as it is there', () => {
  const project = planeAt({ latE6: 36_000_000, lngE6: 120_000_000 })
  expect(project(36_100_000, 120_000_000).y).toBeLessThan(project(36_000_000, 120_000_000).y)
  const wide = project(36_000_000, 121_000_000).x
  expect(wide).toBeGreaterThan(800_000)
  expect(wide).toBeLessThan(810_000)
})
test('numbers of a city are small enough for a browser to draw', () => {
  const far = planeAt({ latE6: 36_000_000, lngE6: 120_000_000 })(37_000_000, 121_500_000)
  expect(Math.max(Math.abs(far.x), Math.abs(far.y))).toBeLessThan(33_000_000)
})
test('everything is in sight at first', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 90_000, y: 50_000 },
  ]
  const view = fitted(points, size)
  for (const point of points) {
    expect(Math.abs(point.x - view.middle.x) / view.unitsPerPixel).toBeLessThan(size.width / 2)
    expect(Math.abs(point.y - view.middle.y) / view.unitsPerPixel).toBeLessThan(size.height / 2)
  }
})
test('zooming keeps the place under the pointer, and dragging moves with the hand', () => {
  const view = fitted(
    [
      { x: 0, y: 0 },
      { x: 90_000, y: 50_000 },
    ],
    size,
  )
  const at = placeUnder(view, size, 700, 100)
  const near = zoomed(view, 2, at)
  expect(placeUnder(near, size, 700, 100).x).toBeCloseTo(at.x)
  const after = moved(view, 50, 0)
  expect(placeUnder(after, size, 750, 100).x).toBeCloseTo(at.x)
})
test('zoom has an end on both sides', () => {
  let view = fitted([{ x: 0, y: 0 }], size)
  for (let times = 0; times < 60; times++) view = zoomed(view, 2, view.middle)
  expect(view.unitsPerPixel).toBeGreaterThanOrEqual(2)
  for (let times = 0; times < 60; times++) view = zoomed(view, 0.5, view.middle)
  expect(view.unitsPerPixel).toBeLessThanOrEqual(5_000)
})
test('points that would lie upon each other are one group, and none is lost', () => {
  const points = Array.from({ length: 2000 }, (_, index) => ({ x: (index % 40) * 10, y: 0 }))
  const groups = clustered(points, { middle: { x: 0, y: 0 }, unitsPerPixel: 10 }, 30)
  expect(groups.length).toBeLessThan(5)
  expect(groups.reduce((sum, { members }) => sum + members.length, 0)).toBe(2000)
})
test('a group looks like the worst of it', () => {
  const tones = [null, 5_000_000, 1_000_000, -1].map((at) =>
    dueTone(at === null ? null : 10_000_000 + at, 10_000_000),
  )
  expect(tones).toEqual(['none', 'ok', 'warn', 'bad'])
  expect([worstOf(tones), worstOf(['none', 'ok']), worstOf([])]).toEqual(['bad', 'ok', 'none'])
})

test('what is drawn on the plane is found again on the land', () => {
  const zero = { latE6: 36_000_000, lngE6: 120_000_000 }
  const place = { latE6: 36_034_567, lngE6: 120_123_456 }
  expect(unplaneAt(zero)(planeAt(zero)(place.latE6, place.lngE6))).toEqual(place)
})
