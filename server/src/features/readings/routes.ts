import { implement } from '../../platforms/feature'
import { decideReading } from './decide-reading'
import { getDeskReading } from './get-desk-reading'
import { getReading } from './get-reading'
import { listDeskReadings } from './list-desk-readings'
import { listHistory } from './list-history'
import { listMine } from './list-mine'
import { estimateOfBill } from './estimate-of-bill'
import { reportReadings } from './report-readings'
import { readingsOperations } from './schema'
import { showMeter } from './show-meter'
import { submitReading } from './submit-reading'

export const readingsRoutes = implement(readingsOperations, {
  'readings.mine': { limit: 'read', handle: (ctx) => listMine(ctx) },
  'readings.meter': { limit: 'read', handle: showMeter },
  'readings.submit': { limit: 'write', handle: submitReading },
  'readings.get': { limit: 'read', handle: getReading },
  'readings.history': { limit: 'read', handle: listHistory },
  'readings.ofBill': { limit: 'read', handle: estimateOfBill },
  'readingDesk.list': { limit: 'read', handle: listDeskReadings },
  'readingDesk.get': { limit: 'read', handle: getDeskReading },
  'readingDesk.decide': { limit: 'write', handle: decideReading },
  'readingDesk.report': { limit: 'read', handle: reportReadings },
})
