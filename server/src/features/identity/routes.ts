import { DAY_MS } from '../../core/clock'
import { residentOf } from '../../platforms/context'
import { implement } from '../../platforms/feature'
import { beginScan } from './begin-scan'
import { confirmScan } from './confirm-scan'
import { endAllSessions } from './end-all-sessions'
import { endOneSession } from './end-one-session'
import { endSession } from './end-session'
import { linkPhone } from './link-phone'
import { listSessions } from './list-sessions'
import { loginByCode } from './login-by-code'
import { loginWithCode } from './login-with-code'
import { BROWSER_COOKIE } from './oauth-routes'
import { openScan } from './open-scan'
import { readMe } from './read-me'
import { recordConsent } from './record-consent'
import { redeemScan } from './redeem-scan'
import { redeemTicket } from './redeem-ticket'
import { refuseScan } from './refuse-scan'
import { saveSettings } from './save-settings'
import { SCAN_COOKIE } from './scan-rules'
import { identityOperations } from './schema'
import { sendLoginCode } from './send-login-code'
import { watchScan } from './watch-scan'

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
  'sessions.list': { limit: 'read', handle: (ctx) => listSessions(ctx) },
  'sessions.endOne': { limit: 'write', handle: (ctx, input) => endOneSession(ctx, input) },
  'scans.begin': {
    limit: 'login',
    handle: async (ctx, _input, edge) => {
      const { secret, ...begun } = await beginScan(ctx, {
        cookie: edge.cookie(SCAN_COOKIE),
        agent: edge.agent ?? '',
      })
      edge.setCookie(SCAN_COOKIE, secret, DAY_MS)
      return begun
    },
  },
  'scans.watch': {
    limit: 'read',
    handle: (ctx, input, edge) => watchScan(ctx, { scanId: input.scanId, cookie: edge.cookie(SCAN_COOKIE) }),
  },
  'scans.redeem': {
    limit: 'login',
    handle: (ctx, input, edge) => redeemScan(ctx, { scanId: input.scanId, cookie: edge.cookie(SCAN_COOKIE) }),
  },
  'scans.open': { limit: 'write', handle: (ctx, input) => openScan(ctx, input) },
  'scans.confirm': { limit: 'write', handle: (ctx, input) => confirmScan(ctx, input) },
  'scans.refuse': { limit: 'write', handle: (ctx, input) => refuseScan(ctx, input) },
  'residents.me': { limit: 'read', handle: (ctx) => readMe(ctx) },
  'residents.linkPhone': { limit: 'write', handle: (ctx, input) => linkPhone(ctx, input) },
  'residents.saveSettings': { limit: 'write', handle: (ctx, input) => saveSettings(ctx, input) },
  'consents.record': { limit: 'write', handle: (ctx, input) => recordConsent(ctx, input) },
})
