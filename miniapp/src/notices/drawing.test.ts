import { drawingOf } from './drawing'

const spot = (name: string, latE6: number, lngE6: number) => ({ name, latE6, lngE6 })
const home = spot('松海园', 39_034_500, 121_771_000)
const ring = (lat: number, lng: number, size: number): [number, number][] => [
  [lat, lng],
  [lat, lng + size],
  [lat + size, lng + size],
  [lat, lng],
]
const svg = (picture: string): string => decodeURIComponent(picture)

test('where nobody knows the place there is no drawing', () =>
  expect(drawingOf({ shapes: [], covered: [] })).toBeNull())
test('one place stands in the middle', () => {
  const [only] = drawingOf({ shapes: [], covered: [home] })?.spots ?? []
  expect([only?.leftPercent, only?.topPercent]).toEqual([expect.closeTo(50, 1), expect.closeTo(50, 1)])
})
test('all places lie inside the frame, north is up and east is right', () => {
  const covered = [home, spot('北边', 39_104_000, 121_729_000), spot('东边', 39_030_000, 121_893_000)]
  const spots = drawingOf({ shapes: [], covered })?.spots ?? []
  for (const { leftPercent, topPercent } of spots) {
    expect(leftPercent).toBeGreaterThan(5)
    expect(leftPercent).toBeLessThan(95)
    expect(topPercent).toBeGreaterThan(5)
    expect(topPercent).toBeLessThan(95)
  }
  const [middle, north, east] = spots
  expect(north?.topPercent).toBeLessThan(middle?.topPercent ?? 0)
  expect(east?.leftPercent).toBeGreaterThan(middle?.leftPercent ?? 100)
})
test('names that would lie on one another are not both written', () => {
  const covered = [
    home,
    spot('隔壁', home.latE6 + 10, home.lngE6 + 10),
    spot('远处', 39_104_000, 121_729_000),
  ]
  expect(drawingOf({ shapes: [], covered })?.spots.map(({ named }) => named)).toEqual([true, false, true])
})
test('what is far away is left out, roads are lines and lakes are filled', () => {
  const drawing = drawingOf({
    covered: [home],
    shapes: [
      { kind: 'water', name: '湖', points: ring(home.latE6, home.lngE6, 2_000) },
      { kind: 'water', name: '远湖', points: ring(30_000_000, 110_000_000, 2_000) },
      {
        kind: 'road',
        name: '路',
        points: [
          [home.latE6, home.lngE6 - 9_000],
          [home.latE6, home.lngE6 + 9_000],
        ],
      },
    ],
  })
  expect(svg(drawing?.water ?? '').match(/<path/g)).toHaveLength(1)
  expect(svg(drawing?.water ?? '')).toContain('Z')
  expect(svg(drawing?.lines ?? '')).toMatch(/fill='none'.*stroke-width='3'/)
})
test('a whole city stays far below what a mini-program may set at once', () => {
  const shapes = Array.from({ length: 60 }, (_, index) => ({
    kind: 'road',
    name: `路${index}`,
    points: Array.from({ length: 10 }, (_unused, at): [number, number] => [
      home.latE6 + index * 50,
      home.lngE6 - 5_000 + at * 1_000,
    ]),
  }))
  const drawing = drawingOf({ shapes, covered: [home] })
  expect(((drawing?.lines.length ?? 0) + (drawing?.water.length ?? 0)) / 1024).toBeLessThan(40)
})
test('a name from the map cannot break out of the picture', () => {
  const drawing = drawingOf({
    covered: [home],
    shapes: [{ kind: "'/><script>", name: '"', points: ring(home.latE6, home.lngE6, 900) }],
  })
  expect(drawing?.lines).toMatch(/^url\("[^"<>]*"\)$/)
  expect(drawing?.lines).not.toContain('script')
})
