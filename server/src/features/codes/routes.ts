import { implement } from '../../platforms/feature'
import { bindByCode } from './bind-by-code'
import { enterCode } from './enter-code'
import { openCode } from './open-code'
import { codesOperations } from './schema'
import { sendBindCodeByCode } from './send-bind-code-by-code'
import { visitCode } from './visit-code'

export const codesRoutes = implement(codesOperations, {
  // Counted per address and device by the acts themselves, right tokens apart from wrong ones.
  'codes.open': { limit: 'read', handle: (ctx, input, edge) => openCode(ctx, input, edge.device ?? '') },
  'codes.visit': {
    limit: 'write',
    handle: (ctx, input, edge) => visitCode(ctx, input, edge.device ?? ''),
  },
  'codes.enter': { limit: 'login', handle: (ctx, input, edge) => enterCode(ctx, input, edge.device ?? '') },
  'codes.bind': {
    limit: 'write',
    keepsClientId: true,
    handle: async (ctx, input, edge) => ({ household: await bindByCode(ctx, input, edge.device ?? '') }),
  },
  'codes.sendBindCode': {
    limit: 'write',
    handle: (ctx, input, edge) => sendBindCodeByCode(ctx, input, edge.device ?? ''),
  },
})
