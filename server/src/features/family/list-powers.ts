import { POWERS } from '../households'
import { powerNames } from './read-home'

/** The one table of what each role may do, as the server enforces it. */
export function listPowers() {
  return { powers: powerNames.map((power) => ({ power, roles: [...POWERS[power]] })) }
}
