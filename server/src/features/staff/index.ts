import type { CoreCtx, SignedInStaff } from '../../core/context'
import type { Feature } from '../../platforms/feature'
import { authenticate, authenticateWorker } from './authenticate'
import {
  staffAccountTable,
  staffBindCodeTable,
  staffChallengeTable,
  staffGuardTable,
  staffPasswordTable,
  staffSessionTable,
  staffSetUpTable,
  staffTeamTable,
} from './entities'
import { disableUnusedDaily, forgetExpiredHourly, markAwayOfflineEveryMinute } from './jobs'
import { may } from './permissions'
import { staffRoutes } from './routes'

export { refreshAll, refreshStaff } from './authenticate'
export { moveWallet } from './move-wallet'
export {
  publishersOf,
  isWorkersWallet,
  residentOfStaff,
  setPresence,
  staffByIds,
  supervisorsOf,
  type TalkerFacts,
  talkersOf,
  teamById,
  type TeamFacts,
  teamsOf,
  type WorkerFacts,
  workersOf,
} from './people'
export { prepareSetUp } from './prepare-set-up'
export { type DemoAccount, seedDemoStaff } from './seed-demo-staff'
export { coversArea, inScope, scopeSql } from './scope'
export type { StaffRole } from './schema'

/** What the edge must be told about people at work. */
export const staffDoor = {
  authenticate: (ctx: CoreCtx, token: string, background = false): Promise<SignedInStaff | null> =>
    authenticate(ctx, token, background),
  worker: authenticateWorker,
  may,
}
export { staffPersonal } from './personal'

export const staffFeature: Feature = {
  name: 'staff',
  tables: [
    staffAccountTable,
    staffSessionTable,
    staffPasswordTable,
    staffChallengeTable,
    staffGuardTable,
    staffBindCodeTable,
    staffTeamTable,
    staffSetUpTable,
  ],
  routes: staffRoutes,
  schedules: [disableUnusedDaily, markAwayOfflineEveryMinute, forgetExpiredHourly],
}
