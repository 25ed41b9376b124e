import type { Feature } from '../../platforms/feature'
import { clearPrintedHourly } from './clear-printed'
import { codeDeskRoutes } from './desk-routes'
import { endMovedCodes } from './end-moved-codes'
import { codeScanTable, householdCodeTable } from './entities'
import { codeOrderTable, printedFileTable } from './print-entities'
import { printedFileRoute } from './print-routes'
import { codesRoutes } from './routes'
import { scanRoutes } from './scan-routes'
import { codeOrderJob } from './step-order'
export { codesPersonal } from './personal'

export const codesFeature: Feature = {
  name: 'codes',
  tables: [householdCodeTable, codeScanTable, codeOrderTable, printedFileTable],
  routes: [...codesRoutes, ...codeDeskRoutes],
  rawRoutes: [...scanRoutes, printedFileRoute],
  jobs: [codeOrderJob],
  schedules: [clearPrintedHourly, endMovedCodes],
}
