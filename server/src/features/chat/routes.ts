import { implement } from '../../platforms/feature'
import { coreHandlers } from './core-handlers'
import { deskHandlers } from './desk-handlers'
import { queueHandlers } from './queue-handlers'
import { chatOperations } from './schema'
import { seatHandlers } from './seat-handlers'

export const chatRoutes = implement(chatOperations, {
  ...coreHandlers,
  ...queueHandlers,
  ...deskHandlers,
  ...seatHandlers,
})
