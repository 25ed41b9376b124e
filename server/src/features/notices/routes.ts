import { AppError } from '../../core/errors'
import { implement } from '../../platforms/feature'
import { noticesOperations } from './schema'

const later = async (): Promise<never> => {
  throw new AppError('busy')
}

export const noticesRoutes = implement(noticesOperations, {
  'notices.list': { limit: 'read', handle: later },
  'notices.search': { limit: 'read', handle: later },
  'notices.get': { limit: 'read', handle: later },
  'notices.mine': { limit: 'read', handle: later },
  'notices.subscribe': { limit: 'write', handle: later },
  'notices.unsubscribe': { limit: 'write', handle: later },
  'notices.deskList': { limit: 'read', handle: later },
  'notices.deskGet': { limit: 'read', handle: later },
  'notices.saveDraft': { limit: 'write', handle: later },
  'notices.discard': { limit: 'write', handle: later },
  'notices.preview': { limit: 'write', handle: later },
  'notices.readPreview': { limit: 'read', handle: later },
  'notices.areasInShape': { limit: 'read', handle: later },
  'notices.areas': { limit: 'read', handle: later },
  'notices.baseMap': { limit: 'read', handle: later },
  'notices.testSend': { limit: 'write', handle: later },
  'notices.submit': { limit: 'write', handle: later },
  'notices.approve': { limit: 'write', handle: later },
  'notices.refuse': { limit: 'write', handle: later },
  'notices.stop': { limit: 'write', handle: later },
  'notices.correct': { limit: 'write', handle: later },
  'notices.extend': { limit: 'write', handle: later },
  'notices.restore': { limit: 'write', handle: later },
  'notices.cancel': { limit: 'write', handle: later },
  'notices.progress': { limit: 'read', handle: later },
  'notices.calls': { limit: 'read', handle: later },
  'notices.tickCall': { limit: 'write', handle: later },
  'notices.suggestions': { limit: 'read', handle: later },
  'notices.dismissSuggestion': { limit: 'write', handle: later },
})
