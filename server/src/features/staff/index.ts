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
import { may } from './permissions'

export { refreshStaff } from './authenticate'
export {
  residentOfStaff,
  setPresence,
  staffByIds,
  type StaffName,
  supervisorsOf,
  teamById,
  type TeamFacts,
  teamsOf,
  type WorkerFacts,
  workersOf,
} from './people'
export { coversArea, inScope, scopeSql } from './scope'
export type { StaffRole } from './schema'

/** What the edge must be told about people at work. */
export const staffDoor = {
  authenticate: (ctx: CoreCtx, token: string, background = false): Promise<SignedInStaff | null> =>
    authenticate(ctx, token, background),
  worker: authenticateWorker,
  may,
}

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
  routes: [],
}
