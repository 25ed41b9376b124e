import { implement } from '../../platforms/feature'
import { getBill } from './get-bill'
import { listBills } from './list-bills'
import { listOwed } from './list-owed'
import { billingOperations } from './schema'

export const billingRoutes = implement(billingOperations, {
  'bills.owed': { limit: 'read', handle: (ctx) => listOwed(ctx) },
  'bills.list': { limit: 'read', handle: (ctx, input) => listBills(ctx, input) },
  'bills.get': { limit: 'read', handle: (ctx, input) => getBill(ctx, input) },
})
