import type { Feature } from '../../platforms/feature'
import { pushCallbacks } from './callbacks'
import { officialEventTable, officialMenuTable, officialMessageTable, officialTalkTable } from './entities'
import { followUp, forgetLater, forgetOfficialRowsHourly } from './jobs'
import { officialRoutes } from './routes'

export { officialFaults } from './account-file'
export {
  accountCompany,
  putWordsOff,
  setTalk,
  takeWords,
  type WaitingWords,
  waitingWords,
  type Writer,
  writerOf,
} from './take-words'
export { officialPersonal } from './personal'

export const officialFeature: Feature = {
  name: 'official',
  tables: [officialEventTable, officialMessageTable, officialTalkTable, officialMenuTable],
  routes: officialRoutes,
  rawRoutes: pushCallbacks,
  jobs: [followUp, forgetLater],
  schedules: [forgetOfficialRowsHourly],
}
