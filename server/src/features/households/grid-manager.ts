import type { CoreCtx } from '../../core/context'
import type { Reader } from '../../core/db/database'
import { contactsOfAreas, findPlacesOf } from './place-store'
import { findHouseholds } from './store'

/** Whom to turn to for one place: 台区经理, 片区管家. Their number is published for this very purpose. */
interface GridManager {
  readonly name: string
  readonly phone: string
  /** An address of their photo, from the portal's root; null without one. */
  readonly photoUrl: string | null
}

/** Where their photos are fetched (photo-route.ts). */
export const PHOTOS_PATH = '/photos'
const photoUrl = (file: string | null): string | null => (file === null ? null : `${PHOTOS_PATH}/${file}`)

/**
 * Who is responsible for each of these homes: as the configuration says for the nearest named place, else as the
 * billing system's export names somebody for the station (电力的台区经理). Homes of nobody are left out.
 */
export async function gridManagersOf(
  ctx: CoreCtx,
  reader: Reader,
  householdIds: readonly string[],
): Promise<Map<string, GridManager>> {
  const homes = [...(await findHouseholds(reader, [...new Set(householdIds)])).values()]
  if (homes.length === 0) return new Map()
  const places = await findPlacesOf(
    reader,
    homes.map(({ id }) => id),
  )
  const names = new Map(places.map(({ householdId, fullName }) => [householdId, fullName]))
  const supplyIds = homes.flatMap(({ supplyId }) => supplyId ?? [])
  const stations = new Map((await contactsOfAreas(reader, supplyIds)).map((row) => [row.id, row]))
  const found = new Map<string, GridManager>()
  for (const home of homes) {
    const station = home.supplyId === null ? undefined : stations.get(home.supplyId)
    const around = (names.get(home.id) ?? home.community).split('/').toReversed()
    const named = [...around, ...(station ? [station.name] : [])]
      .map((area) =>
        ctx.config.gridManagers.find((one) => one.companyId === home.companyId && one.area === area),
      )
      .find((one) => one !== undefined)
    if (named) found.set(home.id, { name: named.name, phone: named.phone, photoUrl: photoUrl(named.photo) })
    else if (station?.contactSealed) {
      const contact = JSON.parse(ctx.vault.open(station.contactSealed)) as { name: string; phone: string }
      found.set(home.id, { ...contact, photoUrl: null })
    }
  }
  return found
}
