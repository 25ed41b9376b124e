import type { NoticePage } from '../api/types'

type MapView = NoticePage['map']
type Degrees = readonly [number, number]

/** A drawing in parts that take their colours from the page: lines, water, and where it is, in percent of the frame. */
export interface Drawing {
  /** Height over width. */
  readonly ratio: number
  readonly lines: string
  readonly water: string
  readonly spots: readonly Spot[]
}
export interface Spot {
  readonly name: string
  readonly leftPercent: number
  readonly topPercent: number
  /** Names that would lie on one another are left out; the list below has all of them. */
  readonly named: boolean
}

/** Degrees × 10⁶ around the places; less would show a place without anything to know it by. */
const leastSpan = 12_000
const margin = 0.35
const width = 320
const ratio = 0.62
const mostNames = 6

interface Frame {
  readonly south: number
  readonly west: number
  readonly latSpan: number
  readonly lngSpan: number
}

/** The smallest frame of the page's shape that holds all places with room around them. */
function frameOf(spots: readonly Degrees[]): Frame | null {
  const first = spots[0]
  if (!first) return null
  const lats = spots.map(([lat]) => lat)
  const lngs = spots.map(([, lng]) => lng)
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)]
  // A degree of longitude is shorter than one of latitude, the more so the farther north.
  const shorter = Math.cos((((south + north) / 2) * 1e-6 * Math.PI) / 180)
  const latNeed = Math.max((north - south) * (1 + 2 * margin), leastSpan)
  const lngNeed = Math.max((east - west) * (1 + 2 * margin), leastSpan)
  const latSpan = Math.max(latNeed, lngNeed * shorter * ratio)
  const lngSpan = latSpan / ratio / shorter
  return {
    south: (south + north) / 2 - latSpan / 2,
    west: (west + east) / 2 - lngSpan / 2,
    latSpan,
    lngSpan,
  }
}

const height = Math.round(width * ratio)
const xOf = (frame: Frame, lng: number): number => ((lng - frame.west) / frame.lngSpan) * width
const yOf = (frame: Frame, lat: number): number => (1 - (lat - frame.south) / frame.latSpan) * height

/** Whether any of it can be seen at all, judged by its own frame. */
function isNear(frame: Frame, points: readonly Degrees[]): boolean {
  const xs = points.map(([, lng]) => xOf(frame, lng))
  const ys = points.map(([lat]) => yOf(frame, lat))
  return Math.max(...xs) >= 0 && Math.min(...xs) <= width && Math.max(...ys) >= 0 && Math.min(...ys) <= height
}

const pathOf = (frame: Frame, points: readonly Degrees[]): string =>
  points
    .map(
      ([lat, lng], index) =>
        `${index === 0 ? 'M' : 'L'}${Math.round(xOf(frame, lng))} ${Math.round(yOf(frame, lat))}`,
    )
    .join('')

const isRing = (points: readonly Degrees[]): boolean => {
  const [first, last] = [points[0], points[points.length - 1]]
  return points.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
}

/** A picture as a stylesheet takes it; its one colour comes from the page, so it is right by day and by night. */
function pictureOf(parts: readonly string[]): string {
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${width} ${height}' preserveAspectRatio='none'>${parts.join('')}</svg>`
  return `url("data:image/svg+xml,${encodeURIComponent(svg).replace(/'/g, '%27')}")`
}

const stroke = (path: string, wide: number): string =>
  `<path d='${path}' fill='none' stroke='#000' stroke-width='${wide}' stroke-linejoin='round'/>`

/** How wide a stroke is, by what it stands for. */
const wideOf = (kind: string): number => (kind === 'road' ? 3 : 1.2)

function spotsOf(frame: Frame, covered: MapView['covered']): Spot[] {
  const taken: { left: number; top: number }[] = []
  return covered.map(({ name, latE6, lngE6 }) => {
    const leftPercent = (xOf(frame, lngE6) / width) * 100
    const topPercent = (yOf(frame, latE6) / height) * 100
    const free = taken.every(
      ({ left, top }) => Math.abs(left - leftPercent) > 30 || Math.abs(top - topPercent) > 14,
    )
    const named = free && taken.length < mostNames
    if (named) taken.push({ left: leftPercent, top: topPercent })
    return { name, leftPercent, topPercent, named }
  })
}

/** Null where nobody knows where it is. */
export function drawingOf(map: MapView): Drawing | null {
  const frame = frameOf(map.covered.map(({ latE6, lngE6 }) => [latE6, lngE6] as const))
  if (!frame) return null
  const near = map.shapes.filter(({ points }) => points.length > 1 && isNear(frame, points))
  const waters = near.filter(({ kind }) => kind === 'water')
  const others = near.filter(({ kind }) => kind !== 'water')
  return {
    ratio,
    lines: pictureOf(others.map(({ kind, points }) => stroke(pathOf(frame, points), wideOf(kind)))),
    water: pictureOf(
      waters.map(({ points }) =>
        isRing(points) ? `<path d='${pathOf(frame, points)}Z'/>` : stroke(pathOf(frame, points), 8),
      ),
    ),
    spots: spotsOf(frame, map.covered),
  }
}
