import { implement } from '../../platforms/feature'
import { bindWallet } from './bind-wallet'
import { changePassword } from './change-password'
import { confirmCode } from './confirm-code'
import { createAccount } from './create-account'
import { describeSignIn } from './describe-sign-in'
import { enrolSecondFactor } from './enrol-second-factor'
import { endSession } from './end-session'
import { listAccounts } from './list-accounts'
import { listAudit } from './list-audit'
import { listSessions } from './list-sessions'
import { listTeams } from './list-teams'
import { makeBindCode } from './make-bind-code'
import { noteCsv } from './note-csv'
import { readMe } from './read-me'
import { resetPassword } from './reset-password'
import { saveTeam } from './save-team'
import { staffOperations } from './schema'
import { setAccountState } from './set-account-state'
import { setOwnPresence } from './set-own-presence'
import { setUpStaff } from './set-up-staff'
import { signInStaff } from './sign-in-staff'
import { signOutStaff } from './sign-out-staff'
import { unbindWallet } from './unbind-wallet'
import { updateAccount } from './update-account'
import { verifyAudit } from './verify-audit'

export const staffRoutes = implement(staffOperations, {
  'staff.describe': { limit: 'read', handle: (ctx) => describeSignIn(ctx) },
  'staff.setUp': { limit: 'login', handle: (ctx, input) => setUpStaff(ctx, input) },
  'staff.signIn': { limit: 'login', handle: (ctx, input, edge) => signInStaff(ctx, input, edge) },
  'staff.confirmCode': { limit: 'login', handle: (ctx, input, edge) => confirmCode(ctx, input, edge) },
  // Ending a session twice is ending it once, and afterwards there is nobody to remember it for.
  'staff.signOut': { limit: 'write', keepsClientId: true, handle: (ctx, _, edge) => signOutStaff(ctx, edge) },
  'staff.me': { limit: 'read', handle: (ctx) => readMe(ctx) },
  'staff.setPresence': { limit: 'write', handle: (ctx, input) => setOwnPresence(ctx, input) },
  'staff.changePassword': { limit: 'write', handle: (ctx, input) => changePassword(ctx, input) },
  // A secret is shown once and kept in no memory of repeats.
  'staff.enrolSecondFactor': {
    limit: 'write',
    keepsClientId: true,
    handle: (ctx, input) => enrolSecondFactor(ctx, input),
  },
  'staff.sessions': { limit: 'read', handle: (ctx) => listSessions(ctx) },
  'staff.endSession': { limit: 'write', handle: (ctx, input) => endSession(ctx, input) },
  'staff.list': { limit: 'read', handle: (ctx, input) => listAccounts(ctx, input) },
  'staff.create': { limit: 'write', handle: (ctx, input) => createAccount(ctx, input) },
  'staff.update': { limit: 'write', handle: (ctx, input) => updateAccount(ctx, input) },
  'staff.setState': { limit: 'write', handle: (ctx, input) => setAccountState(ctx, input) },
  'staff.resetPassword': { limit: 'write', handle: (ctx, input) => resetPassword(ctx, input) },
  'staff.makeBindCode': { limit: 'write', handle: (ctx, input) => makeBindCode(ctx, input) },
  'staff.bindWallet': { limit: 'write', handle: (ctx, input) => bindWallet(ctx, input) },
  'staff.unbindWallet': { limit: 'write', handle: (ctx) => unbindWallet(ctx) },
  'teams.list': { limit: 'read', handle: (ctx) => listTeams(ctx) },
  'teams.save': { limit: 'write', handle: (ctx, input) => saveTeam(ctx, input) },
  'staff.noteCsv': { limit: 'write', handle: (ctx) => noteCsv(ctx) },
  'audit.list': { limit: 'read', handle: (ctx, input) => listAudit(ctx, input) },
  'audit.verify': { limit: 'read', handle: (ctx) => verifyAudit(ctx) },
})
