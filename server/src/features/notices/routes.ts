import { implement } from '../../platforms/feature'
import { approveNotice } from './approve-notice'
import { cancelNotice } from './cancel-notice'
import { correctNotice } from './correct-notice'
import { deskGetNotice } from './desk-get-notice'
import { discardDraft } from './discard-draft'
import { dismissSuggestion } from './dismiss-suggestion'
import { extendNotice } from './extend-notice'
import { findAreasInShape } from './find-areas-in-shape'
import { getNotice } from './get-notice'
import { listAreas } from './list-areas'
import { listCalls } from './list-calls'
import { listMine } from './list-mine'
import { listNotices } from './list-notices'
import { listSuggestions } from './list-suggestions'
import { makeTestSend } from './make-test-send'
import { previewNotice } from './preview-notice'
import { readBaseMap } from './read-base-map'
import { readDeskList } from './read-desk-list'
import { readPreview } from './read-preview'
import { readProgress } from './read-progress'
import { readReliability } from './read-reliability'
import { refuseNotice } from './refuse-notice'
import { restoreNotice } from './restore-notice'
import { saveDraft } from './save-draft'
import { searchNotices } from './search-notices'
import { stopNotice } from './stop-notice'
import { submitNotice } from './submit-notice'
import { subscribeNotice } from './subscribe-notice'
import { tickCall } from './tick-call'
import { unsubscribeNotice } from './unsubscribe-notice'
import { noticesOperations } from './schema'

export const noticesRoutes = implement(noticesOperations, {
  'notices.list': { limit: 'read', handle: listNotices },
  'notices.search': { limit: 'read', handle: searchNotices },
  'notices.get': { limit: 'read', handle: getNotice },
  'notices.mine': { limit: 'read', handle: listMine },
  'notices.subscribe': { limit: 'write', handle: subscribeNotice },
  'notices.unsubscribe': { limit: 'write', handle: unsubscribeNotice },
  'notices.deskList': { limit: 'read', handle: readDeskList },
  'notices.deskGet': { limit: 'read', handle: deskGetNotice },
  'notices.saveDraft': { limit: 'write', handle: saveDraft },
  'notices.discard': { limit: 'write', handle: discardDraft },
  'notices.preview': { limit: 'write', handle: previewNotice },
  'notices.readPreview': { limit: 'read', handle: readPreview },
  'notices.areasInShape': { limit: 'read', handle: findAreasInShape },
  'notices.areas': { limit: 'read', handle: listAreas },
  'notices.baseMap': { limit: 'read', handle: readBaseMap },
  'notices.testSend': { limit: 'write', handle: makeTestSend },
  'notices.submit': { limit: 'write', handle: submitNotice },
  'notices.approve': { limit: 'write', handle: approveNotice },
  'notices.refuse': { limit: 'write', handle: refuseNotice },
  'notices.stop': { limit: 'write', handle: stopNotice },
  'notices.correct': { limit: 'write', handle: correctNotice },
  'notices.extend': { limit: 'write', handle: extendNotice },
  'notices.restore': { limit: 'write', handle: restoreNotice },
  'notices.cancel': { limit: 'write', handle: cancelNotice },
  'notices.progress': { limit: 'read', handle: readProgress },
  'notices.reliability': { limit: 'read', handle: readReliability },
  'notices.calls': { limit: 'read', handle: listCalls },
  'notices.tickCall': { limit: 'write', handle: tickCall },
  'notices.suggestions': { limit: 'read', handle: listSuggestions },
  'notices.dismissSuggestion': { limit: 'write', handle: dismissSuggestion },
})
