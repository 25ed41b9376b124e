import type { Feature } from '../../platforms/feature'
import { switchCallback } from './callbacks'
import { callTable, extensionTable } from './entities'
import { endLostCallsEveryMinute, forgetCallsHourly } from './jobs'
import { callsRoutes } from './routes'
export { callsPersonal } from './personal'

export const callsFeature: Feature = {
  name: 'calls',
  tables: [callTable, extensionTable],
  routes: callsRoutes,
  rawRoutes: [switchCallback],
  schedules: [endLostCallsEveryMinute, forgetCallsHourly],
}
