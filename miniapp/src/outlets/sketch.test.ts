import { sketch } from './sketch'

test('north is up, east is right, everything lies in the frame, in one scale both ways', () => {
  const [southWest, northEast] = sketch(
    [
      { lat: 39, lng: 121.7 },
      { lat: 39.1, lng: 121.8 },
    ],
    0.6,
  )
  expect(southWest?.left).toBeLessThan(northEast?.left ?? 0)
  expect(southWest?.top).toBeGreaterThan(northEast?.top ?? 100)
  const many = sketch(
    [
      { lat: 22.5, lng: 114 },
      { lat: 22.9, lng: 114.01 },
      { lat: 22.6, lng: 114.4 },
    ],
    0.6,
  )
  for (const { left, top } of many)
    for (const percent of [left, top]) {
      expect(percent).toBeGreaterThan(5)
      expect(percent).toBeLessThan(95)
    }
})

test('a single place stands in the middle', () => {
  expect(sketch([{ lat: 39, lng: 121 }], 0.6)).toEqual([{ left: 50, top: 50 }])
})
