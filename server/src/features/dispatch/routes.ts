import * as shape from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { answerHelp } from './answer-help'
import { askHelp } from './ask-help'
import { assignRequest } from './assign-request'
import { grabOrder } from './grab-order'
import { listHelp } from './list-help'
import { listOffers } from './list-offers'
import { readHelp } from './read-help'
import { readMap } from './read-map'
import { readToday } from './read-today'
import { recallRequest } from './recall-request'
import { dispatchOperations } from './schema'
import { sendPlace } from './send-place'
import { setLocationConsent } from './set-location-consent'
import { setPresence } from './set-presence'
import { suggestWorkers } from './suggest-workers'
import { syncActions } from './sync-actions'

export const dispatchRoutes = implement(dispatchOperations, {
  'dispatch.suggest': { limit: 'read', handle: suggestWorkers },
  'dispatch.assign': {
    limit: 'write',
    handle: async (ctx, input) => {
      await assignRequest(ctx, input)
      return shape.isDone
    },
  },
  'dispatch.recall': {
    limit: 'write',
    handle: async (ctx, input) => {
      await recallRequest(ctx, input)
      return shape.isDone
    },
  },
  'dispatch.offers': { limit: 'read', handle: (ctx) => listOffers(ctx) },
  'map.read': { limit: 'read', handle: readMap },
  'help.list': { limit: 'read', handle: (ctx) => listHelp(ctx) },
  'help.read': { limit: 'read', handle: readHelp },
  'help.answer': { limit: 'write', handle: answerHelp },
  'field.today': { limit: 'read', handle: readToday },
  // Each action is remembered by a row of its own, and a replay wants to hear how things stand now.
  'field.sync': { limit: 'write', keepsClientId: true, handle: syncActions },
  // Whoever got it gets it again; and an answer with somebody's name and address is not worth keeping.
  'field.grab': { limit: 'write', keepsClientId: true, handle: grabOrder },
  'field.setPresence': {
    limit: 'write',
    handle: async (ctx, input) => {
      await setPresence(ctx, input)
      return shape.isDone
    },
  },
  'field.setLocationConsent': {
    limit: 'write',
    handle: async (ctx, input) => {
      await setLocationConsent(ctx, input)
      return shape.isDone
    },
  },
  // Only the latest place is kept, so a repeat changes nothing and none is worth remembering.
  'field.sendPlace': { limit: 'write', keepsClientId: true, handle: sendPlace },
  'field.askHelp': { limit: 'write', handle: askHelp },
})
