import { implement } from '../../platforms/feature'
import { calculateTariffs } from './calculate-tariffs'
import { listTariffs } from './list-tariffs'
import { tariffsOperations } from './schema'

export const tariffsRoutes = implement(tariffsOperations, {
  'tariffs.list': { limit: 'read', handle: async (ctx) => listTariffs(ctx) },
  'tariffs.calculate': { limit: 'read', handle: async (ctx, input) => calculateTariffs(ctx, input) },
})
