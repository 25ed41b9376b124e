import { implement } from '../../platforms/feature'
import { checkProof } from './check-proof'
import { linkBill } from './link-bill'
import { linkProof } from './link-proof'
import { linkReceipt } from './link-receipt'
import { linkReport } from './link-report'
import { linkStatement } from './link-statement'
import { makeProof } from './make-proof'
import { readReport } from './read-report'
import { readStatement } from './read-statement'
import { papersOperations } from './schema'

export const papersRoutes = implement(papersOperations, {
  'papers.readStatement': { limit: 'read', handle: readStatement },
  'papers.readReport': { limit: 'read', handle: readReport },
  // A file costs more than a page, so files are counted as writes are.
  'papers.linkStatement': { limit: 'write', handle: linkStatement },
  'papers.linkReport': { limit: 'write', handle: linkReport },
  'papers.linkBill': { limit: 'write', handle: linkBill },
  'papers.linkReceipt': { limit: 'write', handle: linkReceipt },
  'papers.linkProof': { limit: 'write', handle: linkProof },
  'papers.makeProof': {
    limit: 'write',
    handle: async (ctx, { paymentId, householdId }) => ({
      proof: await makeProof(ctx, { paymentId, householdId }),
    }),
  },
  'papers.checkProof': { limit: 'read', handle: checkProof },
})
