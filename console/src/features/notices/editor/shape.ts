import type { Place, Point } from '../../../kit/plane/plane'

/** A shape that is being drawn: open until its last point is its first again. */
export interface Drawing {
  readonly points: readonly Place[]
  readonly closed: boolean
}

export const nothingDrawn: Drawing = { points: [], closed: false }
export const mostPoints = 60

/** A closed shape is finished: the next point begins another. */
export function withPoint(drawing: Drawing, place: Place): Drawing {
  if (drawing.closed) return { points: [place], closed: false }
  if (drawing.points.length >= mostPoints) return drawing
  return { points: [...drawing.points, place], closed: false }
}

/** Takes back the last thing that was done. */
export const undone = (drawing: Drawing): Drawing =>
  drawing.closed ? { ...drawing, closed: false } : { points: drawing.points.slice(0, -1), closed: false }

export const mayClose = ({ points, closed }: Drawing): boolean => !closed && points.length >= 3

export const closedShape = (drawing: Drawing): Drawing =>
  mayClose(drawing) ? { ...drawing, closed: true } : drawing

/** `39034500,121771000;39052000,121798500;…`, as the server takes it. */
export const pointsText = ({ points }: Drawing): string =>
  points.map(({ latE6, lngE6 }) => `${latE6},${lngE6}`).join(';')

/** A press that did not wander is a click; anything else moved the map. */
export const isClick = (down: Point, up: Point): boolean => Math.hypot(up.x - down.x, up.y - down.y) < 5
