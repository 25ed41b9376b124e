import type { Feature } from '../../platforms/feature'
import {
  areaTable,
  bindAttemptTable,
  bindGuardTable,
  bindHolderTable,
  bindingTable,
  householdTable,
} from './entities'
import { deliverBindCode } from './jobs'
import { householdsRoutes } from './routes'

export type { AreaCache } from './area-store'
export { parseAddress } from './address'
export {
  type AreaPlaces,
  baseMapOf,
  type BaseShape,
  filePlacesOf,
  type MapPlace,
  placeOfArea,
} from './base-map'
export { assertBound, householdsByIds, householdsOf, type HouseholdSummary } from './bound-households'
export {
  type DeskHousehold,
  deskHouseholds,
  findDeskHouseholds,
  householdIdsByAccountNo,
  unmaskedHousehold,
} from './desk-panel'
export { areasByIds, neighbourhoodOf, ownNameOf, placesOfHouseholds } from './places'
export type { PlaceFacts } from './place-store'
export {
  areasOfTrees,
  countHouseholds,
  type CoveredArea,
  householdIdsOfAccounts,
  householdsBelow,
  knotsAbove,
  membersOfHouseholds,
  type Roots,
  rootsOf,
  sampleHouseholds,
  WALK_START,
  walkHouseholds,
  type WalkPosition,
} from './covered'
export type { ImportedHousehold } from './imported-household'
export { saveImportedHouseholds } from './save-imported-households'

export const householdsFeature: Feature = {
  name: 'households',
  tables: [householdTable, areaTable, bindingTable, bindAttemptTable, bindHolderTable, bindGuardTable],
  routes: householdsRoutes,
  jobs: [deliverBindCode],
}
