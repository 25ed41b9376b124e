import { implement } from '../../platforms/feature'
import { cancelOrder } from './cancel-order'
import { countCodes } from './count-codes'
import { codeDeskOperations } from './desk-schema'
import { getCode } from './get-code'
import { listCodes } from './list-codes'
import { listOrders } from './list-orders'
import { makeMissing } from './make-missing'
import { printCodes } from './print-codes'
import { resumeOrder } from './resume-order'
import { revokeArea } from './revoke-area'
import { revokeCode } from './revoke-code'
import { takeFile } from './take-file'

export const codeDeskRoutes = implement(codeDeskOperations, {
  'codeDesk.list': { limit: 'read', handle: listCodes },
  'codeDesk.get': { limit: 'read', handle: getCode },
  'codeDesk.count': { limit: 'read', handle: countCodes },
  'codeDesk.make': { limit: 'write', handle: makeMissing },
  'codeDesk.print': { limit: 'write', handle: printCodes },
  'codeDesk.orders': { limit: 'read', handle: listOrders },
  'codeDesk.cancelOrder': { limit: 'write', handle: cancelOrder },
  'codeDesk.resumeOrder': { limit: 'write', handle: resumeOrder },
  'codeDesk.takeFile': { limit: 'write', handle: takeFile },
  'codeDesk.revoke': { limit: 'write', handle: revokeCode },
  'codeDesk.revokeArea': { limit: 'write', handle: revokeArea },
})
