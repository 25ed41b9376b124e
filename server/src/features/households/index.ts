import type { Feature } from '../../platforms/feature'
import {
  areaTable,
  bindAttemptTable,
  bindGuardTable,
  bindHolderTable,
  bindingTable,
  handoverTable,
  householdMarkTable,
  householdTable,
  householdVisitTable,
} from './entities'
import { deliverActCode } from './act-code'
import { handOverDue } from './hand-over'
import { deliverBindCode } from './jobs'
import { forgetMarksDaily } from './marks'
import { photoRoute } from './photo-route'
import { householdsRoutes } from './routes'
import { forgetVisitsHourly } from './visits'

export type { AreaCache } from './area-store'
export { parseAddress } from './address'
export {
  type AreaPlaces,
  baseMapOf,
  type BaseShape,
  filePlacesOf,
  placeOfArea,
} from './base-map'
export {
  assertBound,
  householdsByIds,
  householdsOf,
  type HouseholdSummary,
} from './bound-households'
export {
  type DeskHousehold,
  deskHouseholds,
  findDeskHouseholds,
  householdIdsByAccountNo,
  unmaskedHousehold,
} from './desk-panel'
export { countDoors, type Door, doorPosition, type DoorPosition, doorsInOrder, doorsOf } from './doors'
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
  idsByAccountNo,
  knotsAbove,
  membersOfHouseholds,
  placeRootsOf,
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
export { bindHousehold } from './bind-household'
export { sendBindCode } from './send-bind-code'
export { codeFaceOf } from './code-face'
export { handOver, withdrawHandover } from './hand-over'
export { handedOverSince, handedOverTo, handoversOf, findHandover } from './handover-store'
export type { HandoverRow } from './entities'
export { type FormerHome, formerHomes, heldFromOf, type History, historyFrom } from './history'
export { assertMay, isProven, mayAt, type Power, POWERS } from './powers'
export {
  bindMember,
  changeMember,
  endMember,
  findMember,
  type MemberRow,
  membersAmong,
  membersOf,
  withHousehold,
} from './members'
export { sendActCode, verifyActCode } from './act-code'
export { assertReached, boundTo, endVisitsOfCodes, grantVisit } from './visits'
export { householdsPersonal } from './personal'

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
    householdVisitTable,
    handoverTable,
  ],
  routes: householdsRoutes,
  rawRoutes: [photoRoute],
  jobs: [deliverBindCode, deliverActCode],
  schedules: [forgetMarksDaily, forgetVisitsHourly, handOverDue],
}
