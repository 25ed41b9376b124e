import { implement } from '../../platforms/feature'
import { agreeCase } from './agree-case'
import { applyStopRefund } from './apply-stop-refund'
import { applySupply } from './apply-supply'
import { applySupplyFor } from './apply-supply-for'
import { approveCase } from './approve-case'
import { decideSupply } from './decide-supply'
import { getCase } from './get-case'
import { listCases } from './list-cases'
import { listLedger } from './list-ledger'
import { listSupplies } from './list-supplies'
import { objectCase } from './object-case'
import { planStopRefund } from './plan-stop-refund'
import { planSupply } from './plan-supply'
import { planSupplyFor } from './plan-supply-for'
import { readCase } from './read-case'
import { readMine } from './read-mine'
import { returnCase } from './return-case'
import { heatingOperations } from './schema'
import { withdrawSupply } from './withdraw-supply'

export const heatingRoutes = implement(heatingOperations, {
  'heating.mine': { limit: 'read', handle: (ctx) => readMine(ctx) },
  'heating.getCase': { limit: 'read', handle: getCase },
  'heating.agreeCase': { limit: 'write', handle: agreeCase },
  'heating.objectCase': { limit: 'write', handle: objectCase },
  'heating.planStopRefund': { limit: 'read', handle: planStopRefund },
  'heating.applyStopRefund': { limit: 'write', handle: applyStopRefund },
  'heating.planSupply': { limit: 'read', handle: planSupply },
  'heating.applySupply': { limit: 'write', handle: applySupply },
  'heating.withdrawSupply': { limit: 'write', handle: withdrawSupply },
  'heating.listCases': { limit: 'read', handle: listCases },
  'heating.readCase': { limit: 'read', handle: readCase },
  'heating.approveCase': { limit: 'write', handle: approveCase },
  'heating.returnCase': { limit: 'write', handle: returnCase },
  'heating.listSupplies': { limit: 'read', handle: listSupplies },
  'heating.planSupplyFor': { limit: 'read', handle: planSupplyFor },
  'heating.applySupplyFor': { limit: 'write', handle: applySupplyFor },
  'heating.decideSupply': { limit: 'write', handle: decideSupply },
  'heating.listLedger': { limit: 'read', handle: listLedger },
})
