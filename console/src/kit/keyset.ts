/**
 * Pages by keyset know only the next one, so the address keeps the way back: `cursor` is this page, `trail` the
 * cursors of those before it, the nearest last. The first page has neither.
 */
export interface Place {
  readonly cursor: string | null
  readonly trail: readonly string[]
}

/** The first page's place in a trail: cursors are never this. */
const first = '-'
/** Older steps are forgotten, so that an address never grows without an end; then the way back is the first page. */
const kept = 8

export function placeIn(params: URLSearchParams): Place {
  const trail = params.get('trail')
  return { cursor: params.get('cursor'), trail: trail === null || trail === '' ? [] : trail.split('~') }
}

export function goNext(place: Place, nextCursor: string): Place {
  return { cursor: nextCursor, trail: [...place.trail, place.cursor ?? first].slice(-kept) }
}

export function goBack(place: Place): Place {
  const before = place.trail.at(-1)
  if (before === undefined || before === first) return { cursor: null, trail: [] }
  return { cursor: before, trail: place.trail.slice(0, -1) }
}

/** The same address on another page; filters stay. */
export function withPlace(params: URLSearchParams, place: Place): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete('cursor')
  next.delete('trail')
  if (place.cursor !== null) next.set('cursor', place.cursor)
  if (place.trail.length > 0) next.set('trail', place.trail.join('~'))
  return next
}
