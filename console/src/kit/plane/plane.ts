/** Millionths of a degree on a flat plane: a city is small enough that only the width of a degree must be mended. */
export interface Point {
  readonly x: number
  readonly y: number
}
/** What of the plane is seen: its middle, and how many units one pixel of the screen is. */
export interface View {
  readonly middle: Point
  readonly unitsPerPixel: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly latE6: number
  readonly lngE6: number
}

/**
 * Projects round one place, which is the plane's zero; north is up. Numbers must stay small: browsers cut lengths of
 * circles and texts at some thirty million, and what stands in the east would be drawn nowhere.
 */
export function planeAt(zero: Place): (latE6: number, lngE6: number) => Point {
  const shrink = Math.cos((zero.latE6 / 1e6) * (Math.PI / 180))
  return (lat, lng) => ({ x: (lng - zero.lngE6) * shrink, y: zero.latE6 - lat })
}

/** The way back: which place lies at a point of the plane. */
export function unplaneAt(zero: Place): (point: Point) => Place {
  const shrink = Math.cos((zero.latE6 / 1e6) * (Math.PI / 180))
  return ({ x, y }) => ({
    latE6: Math.round(zero.latE6 - y),
    lngE6: Math.round(zero.lngE6 + x / shrink),
  })
}

const minUnitsPerPixel = 2
const maxUnitsPerPixel = 5_000

const bounded = (value: number): number => Math.min(maxUnitsPerPixel, Math.max(minUnitsPerPixel, value))

/** The view that shows all points with a margin; a single point is shown with its neighbourhood. */
export function fitted(points: readonly Point[], size: Size): View {
  if (points.length === 0 || size.width === 0) return { middle: { x: 0, y: 0 }, unitsPerPixel: 100 }
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const perPixel = Math.max((right - left) / (size.width * 0.86), (bottom - top) / (size.height * 0.82), 20)
  return { middle: { x: (left + right) / 2, y: (top + bottom) / 2 }, unitsPerPixel: bounded(perPixel) }
}

/** Zooms so that the place under the pointer stays under it. */
export function zoomed(view: View, factor: number, at: Point): View {
  const unitsPerPixel = bounded(view.unitsPerPixel / factor)
  const share = unitsPerPixel / view.unitsPerPixel
  return {
    unitsPerPixel,
    middle: { x: at.x + (view.middle.x - at.x) * share, y: at.y + (view.middle.y - at.y) * share },
  }
}

export const moved = (view: View, pixelsX: number, pixelsY: number): View => ({
  ...view,
  middle: {
    x: view.middle.x - pixelsX * view.unitsPerPixel,
    y: view.middle.y - pixelsY * view.unitsPerPixel,
  },
})

/** `minX minY width height`, as an SVG wants it. */
export function viewBoxOf(view: View, size: Size): string {
  const width = size.width * view.unitsPerPixel
  const height = size.height * view.unitsPerPixel
  return `${view.middle.x - width / 2} ${view.middle.y - height / 2} ${width} ${height}`
}

/** The place on the plane under a pixel of the drawing. */
export const placeUnder = (view: View, size: Size, pixelX: number, pixelY: number): Point => ({
  x: view.middle.x + (pixelX - size.width / 2) * view.unitsPerPixel,
  y: view.middle.y + (pixelY - size.height / 2) * view.unitsPerPixel,
})

export interface Cluster<T> {
  readonly at: Point
  readonly members: readonly T[]
}

/** Points that would lie upon each other on the screen become one; `pixels` is the width of a cell. */
export function clustered<T extends Point>(points: readonly T[], view: View, pixels: number): Cluster<T>[] {
  const cell = view.unitsPerPixel * pixels
  const cells = new Map<string, T[]>()
  for (const point of points) {
    const key = `${Math.floor(point.x / cell)},${Math.floor(point.y / cell)}`
    const members = cells.get(key)
    if (members) members.push(point)
    else cells.set(key, [point])
  }
  return [...cells.values()].map((members) => ({
    members,
    at: {
      x: members.reduce((sum, { x }) => sum + x, 0) / members.length,
      y: members.reduce((sum, { y }) => sum + y, 0) / members.length,
    },
  }))
}

export type DueTone = 'ok' | 'warn' | 'bad' | 'none'
const soonMs = 3_600_000

export function dueTone(dueAt: number | null, nowMs: number): DueTone {
  if (dueAt === null) return 'none'
  if (dueAt <= nowMs) return 'bad'
  return dueAt - nowMs <= soonMs ? 'warn' : 'ok'
}

const rank: Record<DueTone, number> = { none: 0, ok: 1, warn: 2, bad: 3 }
/** A group looks like the worst of it. */
export const worstOf = (tones: readonly DueTone[]): DueTone =>
  tones.reduce((worst, tone) => (rank[tone] > rank[worst] ? tone : worst), 'none')
