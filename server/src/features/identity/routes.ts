import { residentOf } from '../../platforms/context'
import { implement } from '../../platforms/feature'
import { endAllSessions } from './end-all-sessions'
import { endSession } from './end-session'
import { linkPhone } from './link-phone'
import { loginByCode } from './login-by-code'
import { loginWithCode } from './login-with-code'
import { BROWSER_COOKIE } from './oauth-routes'
import { readMe } from './read-me'
import { recordConsent } from './record-consent'
import { redeemTicket } from './redeem-ticket'
import { saveSettings } from './save-settings'
import { identityOperations } from './schema'
import { sendLoginCode } from './send-login-code'

export const identityRoutes = implement(identityOperations, {
  'sessions.login': { limit: 'login', handle: (ctx, input) => loginWithCode(ctx, input) },
  'sessions.redeem': {
    limit: 'login',
    handle: (ctx, input, edge) =>
      redeemTicket(ctx, { ticket: input.ticket, browser: edge.cookie(BROWSER_COOKIE) }),
  },
  'sessions.sendCode': { limit: 'login', handle: (ctx, input) => sendLoginCode(ctx, input) },
  'sessions.loginByCode': { limit: 'login', handle: (ctx, input) => loginByCode(ctx, input) },
  'sessions.end': { limit: 'write', handle: (ctx) => endSession(ctx) },
  'sessions.endAll': {
    limit: 'write',
    handle: (ctx) => endAllSessions(ctx, { residentId: residentOf(ctx).id }),
  },
  'residents.me': { limit: 'read', handle: (ctx) => readMe(ctx) },
  'residents.linkPhone': { limit: 'write', handle: (ctx, input) => linkPhone(ctx, input) },
  'residents.saveSettings': { limit: 'write', handle: (ctx, input) => saveSettings(ctx, input) },
  'consents.record': { limit: 'write', handle: (ctx, input) => recordConsent(ctx, input) },
})
