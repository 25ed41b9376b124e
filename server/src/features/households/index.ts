import type { Feature } from '../../platforms/feature'
import {
  areaTable,
  bindAttemptTable,
  bindGuardTable,
  bindHolderTable,
  bindingTable,
  householdMarkTable,
  householdTable,
} from './entities'
import { deliverBindCode } from './jobs'
import { forgetMarksDaily } from './marks'
import { photoRoute } from './photo-route'
import { householdsRoutes } from './routes'

export type { AreaCache } from './area-store'
export { parseAddress } from './address'
export {
  type AreaPlaces,
  baseMapOf,
  type BaseShape,
  filePlacesOf,
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
export { gridManagersOf } from './grid-manager'
export { type Home, homesOf } from './homes-of'
export { householdsOfPhone } from './households-of-phone'
export { areasByIds, neighbourhoodOf, ownNameOf, placesOfHouseholds } from './places'
export type { PlaceFacts } from './place-store'
export {
  areasOfTrees,
  countHouseholds,
  householdIdsOfAccounts,
  householdsBelow,
  knotsAbove,
  membersOfHouseholds,
  type Roots,
  rootsOf,
  sampleHouseholds,
  WALK_START,
  walkHouseholds,
} from './covered'
export { knotsToChoose, type KnotToChoose, placedCommunities, placesCalled, suppliesOf } from './knots'
export { callFactsOf, callPhoneOf } from './call-facts'
export type { ImportedHousehold } from './imported-household'
export { importMarks } from './import-marks'
export { type MarkedHousehold, markComplained, markedBelow, marksOf } from './marks'
export { saveImportedHouseholds } from './save-imported-households'

export const householdsFeature: Feature = {
  name: 'households',
  tables: [
    householdTable,
    areaTable,
    bindingTable,
    bindAttemptTable,
    bindHolderTable,
    bindGuardTable,
    householdMarkTable,
  ],
  routes: householdsRoutes,
  rawRoutes: [photoRoute],
  jobs: [deliverBindCode],
  schedules: [forgetMarksDaily],
}
