import type { Feature } from '../../platforms/feature'
import {
  consentTable,
  identityTable,
  loginTicketTable,
  residentTable,
  sessionTable,
  smsCodeTable,
  unionTable,
} from './entities'
import { forgetExpiredHourly } from './jobs'
import { oauthRoutes } from './oauth-routes'
import { identityRoutes } from './routes'
import { scanTable } from './scan-entities'
import { scanPageRoute } from './scan-page-route'

export { authenticate } from './authenticate'
export { endResident } from './end-resident'
export { forgetIdentity } from './forget-identity'
export { identityFor, openPhoneOf, phoneOf } from './identity-for'
export { issueSmsCode } from './issue-sms-code'
export { consentOf, hasConsent, keepConsent } from './keep-consent'
export { peopleToReach, type PersonToReach } from './people-to-reach'
export { personOf } from './person-of'
export { presentSession } from './open-session'
export { openGuest } from './open-guest'
export { liveSessions } from './live-sessions'
export { livingResidents, residentAliases } from './resident-aliases'
export { residentByPhone } from './resident-by-phone'
export { residentCard } from './resident-card'
export { residentOfIdentity } from './resident-of-identity'
export { lockLivingResident, lockResident } from './store'
export { verifySmsCode } from './verify-sms-code'
export { identityPersonal } from './personal'

export const identityFeature: Feature = {
  name: 'identity',
  tables: [
    residentTable,
    identityTable,
    unionTable,
    sessionTable,
    smsCodeTable,
    loginTicketTable,
    scanTable,
    consentTable,
  ],
  routes: identityRoutes,
  rawRoutes: [...oauthRoutes, scanPageRoute],
  schedules: [forgetExpiredHourly],
}
