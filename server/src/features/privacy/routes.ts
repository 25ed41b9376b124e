import { implement } from '../../platforms/feature'
import { askClosure } from './ask-closure'
import { askCopy } from './ask-copy'
import { decideConsent } from './decide-consent'
import { listAsked } from './list-asked'
import { readMine } from './read-mine'
import { readRegister } from './read-register'
import { readRetention } from './read-retention'
import { privacyDeskOperations, privacyOperations } from './schema'
import { takeCopy } from './take-copy'
import { withdrawClosure } from './withdraw-closure'

export const privacyRoutes = implement(privacyOperations, {
  'privacy.readMine': { limit: 'read', handle: readMine },
  'privacy.decideConsent': { limit: 'write', handle: decideConsent },
  'privacy.askCopy': { limit: 'write', handle: askCopy },
  'privacy.takeCopy': { limit: 'write', handle: takeCopy },
  'privacy.askClosure': { limit: 'write', handle: askClosure },
  'privacy.withdrawClosure': { limit: 'write', handle: withdrawClosure },
})

export const privacyDeskRoutes = implement(privacyDeskOperations, {
  'privacyDesk.readRegister': {
    limit: 'read',
    handle: async (ctx) => ({ ...readRegister(), recipients: ctx.config.privacy.recipients }),
  },
  'privacyDesk.readRetention': { limit: 'read', handle: readRetention },
  'privacyDesk.listAsked': { limit: 'read', handle: listAsked },
})
