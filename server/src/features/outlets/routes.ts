import { implement } from '../../platforms/feature'
import { callAgain } from './call-again'
import { callNext } from './call-next'
import { cancelTicket } from './cancel-ticket'
import { endTicket } from './end-ticket'
import { getOutlet } from './get-outlet'
import { getTicket } from './get-ticket'
import { giveTicket } from './give-ticket'
import { importDeskOutlets } from './import-desk-outlets'
import { listDeskOutlets } from './list-desk-outlets'
import { listOutlets } from './list-outlets'
import { listTickets } from './list-tickets'
import { readDeskQueue } from './read-desk-queue'
import { saveDeskOutlet } from './save-desk-outlet'
import { outletDeskOperations, outletsOperations } from './schema'
import { takeTicket } from './take-ticket'

export const outletsRoutes = [
  ...implement(outletsOperations, {
    'outlets.list': { limit: 'read', handle: listOutlets },
    'outlets.get': { limit: 'read', handle: getOutlet },
    'outlets.takeTicket': { limit: 'write', handle: takeTicket },
    'outlets.listTickets': { limit: 'read', handle: async (ctx) => listTickets(ctx) },
    'outlets.getTicket': { limit: 'read', handle: getTicket },
    'outlets.cancelTicket': { limit: 'write', handle: cancelTicket },
  }),
  ...implement(outletDeskOperations, {
    'outletDesk.list': { limit: 'read', handle: async (ctx) => listDeskOutlets(ctx) },
    'outletDesk.save': { limit: 'write', handle: saveDeskOutlet },
    'outletDesk.import': { limit: 'write', handle: importDeskOutlets },
    'outletDesk.queue': { limit: 'read', handle: readDeskQueue },
    'outletDesk.callNext': { limit: 'write', handle: callNext },
    'outletDesk.callAgain': { limit: 'write', handle: callAgain },
    'outletDesk.endTicket': { limit: 'write', handle: endTicket },
    'outletDesk.giveTicket': { limit: 'write', handle: giveTicket },
  }),
]
