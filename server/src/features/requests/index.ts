import type { Feature } from '../../platforms/feature'
import { attachmentRoutes } from './attachment-routes'
import * as entities from './entities'
import { spreadStep } from './jobs'
import { requestsRoutes } from './routes'
import { requestsSchedules } from './schedules'

export { type Actor, actorOf, SYSTEM } from './actor'
export { addStep } from './add-step'
export { type Answers, answersInWords } from './answers'
export { clocksOf } from './clock-store'
export { contactOf, phoneIndexOf, phoneTailIndexOf } from './contact'
export { createRequest, type NewRequest } from './create-request'
export type { ClockRow, RatingRow, RequestFileRow, RequestRow, StepRow } from './entities'
export * from './field-store'
export { WORDS_HIDDEN, WORDS_JUDGED, type WordsCheck, wordsChecks } from './flagged-words'
export {
  type ChangedRow,
  changedSince,
  type CompanyCounts,
  countCompany,
  countComplaints,
  COUNTED_MAX,
  countOwn,
  countSameType,
  dueAtOf,
  historyOfHousehold,
} from './inbox-counts-store'
export {
  countPage,
  type InboxFilter,
  type InboxKeys,
  inboxPage,
  type InboxPosition,
  type InboxRow,
  type InboxScope,
  type InboxSort,
  nextClockKinds,
  sortOf,
} from './inbox-store'
export { joinNotice } from './join-notice'
export { knownContact } from './known-contact'
export { knownOutages } from './known-outages'
export { moveRequest, spreadReply } from './move-request'
export {
  deleteLink,
  insertLink,
  linksOf,
  ratingsOf,
  saveRatingReply,
} from './people-store'
export { evidenceMissing, movesFor } from './policy'
export { presentClocks } from './present-clocks'
export { reclassify } from './reclassify'
export { termsOf, typeOfRequest } from './run-clocks'
export { type HoldReason, requestState, type RequestState } from './schema'
export { pageOfResident } from './resident-store'
export { filesOf, findStep, stepsOf } from './step-store'
export { childrenOf, findRequest, lockRequest, lockRequests, requestsByIds } from './store'
export { tellResident, tellStaff, tellUrgeAnswered } from './tell-people'
export { mayChangeVisit } from './resident-may'
export { settleVisit } from './settle-visit'
export { assertNoOwnPage, judgeWords, takePlaceOfDay } from './submit-request'
export { assertVersion, touchRequest } from './touch-request'
export { CLASS_WORDS, CLOCK_WORDS, minuteInWords, STATE_WORDS, whenInWords, workerTitle } from './words'
export { requestsPersonal } from './personal'

export const requestsFeature: Feature = {
  name: 'requests',
  tables: [
    entities.requestTable,
    entities.stepTable,
    entities.clockTable,
    entities.requestFileTable,
    entities.followerTable,
    entities.ratingTable,
    entities.requestLinkTable,
    entities.surveyTable,
    entities.noSurveyTable,
    entities.requestCounterTable,
  ],
  routes: requestsRoutes,
  rawRoutes: attachmentRoutes,
  jobs: [spreadStep],
  schedules: requestsSchedules,
}
