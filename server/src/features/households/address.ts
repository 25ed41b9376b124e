/** Where a household stands, from columns or from one line of text. */
export interface Place {
  readonly district: string | null
  readonly community: string
  readonly building: string | null
  readonly unit: string | null
  readonly room: string | null
}

// A district is short and is not a housing estate: 景田南小区 and 产业园区 end in 区 too.
const ONE_LINE = /^([^\d\s]{1,5}?(?<![小社园])[区县市])?(.+?)(\d+(?:栋|号楼|幢|座))(\d+单元)?(\d+)(?:室|号)?$/

/**
 * `福田区香蜜湖花园9栋1655` → its parts. What does not look like that is kept whole as the community, so that
 * nothing is lost and nothing is guessed.
 */
export function parseAddress(text: string): Place {
  const match = ONE_LINE.exec(text.replace(/\s+/g, ''))
  if (!match) return { district: null, community: text, building: null, unit: null, room: null }
  return {
    district: match[1] ?? null,
    community: match[2] ?? text,
    building: match[3] ?? null,
    unit: match[4] ?? null,
    room: match[5] ?? null,
  }
}

/** The address as one line, the way it is written on an envelope. */
export function addressText(place: Place): string {
  return [place.district, place.community, place.building, place.unit, place.room]
    .filter((part) => part !== null)
    .join('')
}

/** `41号楼` → `41`; what begins with no digit stays whole. */
export const leadingDigits = (part: string): string => /^\d+/.exec(part)?.[0] ?? part

/** For a card's title: `松海园 41-6-404`. */
export function shortAddress(place: Place): string {
  const door = [place.building, place.unit, place.room]
    .filter((part) => part !== null && part !== '')
    .map((part) => leadingDigits(part ?? ''))
  const community = Array.from(place.community).slice(0, 20).join('')
  return door.length === 0 ? community : `${community} ${door.join('-')}`
}
