import { implement } from '../../platforms/feature'
import { explainBill } from './explain-bill'
import { exportUsage } from './export-usage'
import { readUsage } from './read-usage'
import { usageOperations } from './schema'

export const usageRoutes = implement(usageOperations, {
  'usage.read': { limit: 'read', handle: readUsage },
  'usage.explainBill': { limit: 'read', handle: explainBill },
  'usage.export': { limit: 'write', handle: exportUsage },
})
