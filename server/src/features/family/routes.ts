import * as shape from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { answerProxy } from './answer-proxy'
import { askProxy } from './ask-proxy'
import { endProxy } from './end-proxy'
import { inviteMember } from './invite-member'
import { joinHome } from './join-home'
import { listPowers } from './list-powers'
import { listProxies } from './list-proxies'
import { openInvite } from './open-invite'
import { openProxy } from './open-proxy'
import { proxyByCode } from './proxy-by-code'
import { readConsent } from './read-consent'
import { readHome } from './read-home'
import { readHousehold } from './read-household'
import { recordHandover } from './record-handover'
import { removeMember } from './remove-member'
import { renewProxy } from './renew-proxy'
import { revokeInvite } from './revoke-invite'
import { familyOperations } from './schema'
import { sendProxyCode } from './send-proxy-code'
import { setRole } from './set-role'
import { stopProxy } from './stop-proxy'
import { withdrawHandover } from './withdraw-handover'

export const familyRoutes = implement(familyOperations, {
  'family.readHome': { limit: 'read', handle: (ctx, input) => readHome(ctx, input) },
  'family.listPowers': { limit: 'read', handle: async () => listPowers() },
  'family.inviteMember': { limit: 'write', handle: (ctx, input) => inviteMember(ctx, input) },
  'family.revokeInvite': {
    limit: 'write',
    handle: async (ctx, input) => {
      await revokeInvite(ctx, input)
      return shape.isDone
    },
  },
  'family.openInvite': { limit: 'read', handle: (ctx, input) => openInvite(ctx, input) },
  'family.joinHome': { limit: 'write', handle: (ctx, input) => joinHome(ctx, input) },
  'family.setRole': {
    limit: 'write',
    handle: async (ctx, input) => {
      await setRole(ctx, input)
      return shape.isDone
    },
  },
  'family.removeMember': {
    limit: 'write',
    handle: async (ctx, input) => {
      await removeMember(ctx, input)
      return shape.isDone
    },
  },
  'family.listProxies': { limit: 'read', handle: (ctx) => listProxies(ctx) },
  'family.askProxy': { limit: 'write', handle: (ctx, input) => askProxy(ctx, input) },
  'family.openProxy': { limit: 'read', handle: (ctx, input) => openProxy(ctx, input) },
  'family.answerProxy': {
    limit: 'write',
    handle: async (ctx, input) => {
      await answerProxy(ctx, input)
      return shape.isDone
    },
  },
  'family.sendProxyCode': { limit: 'write', handle: (ctx, input) => sendProxyCode(ctx, input) },
  'family.proxyByCode': { limit: 'write', handle: (ctx, input) => proxyByCode(ctx, input) },
  'family.readConsent': { limit: 'read', handle: async () => readConsent() },
  'family.endProxy': {
    limit: 'write',
    handle: async (ctx, input) => {
      await endProxy(ctx, input)
      return shape.isDone
    },
  },
  'family.renewProxy': { limit: 'write', handle: (ctx, input) => renewProxy(ctx, input) },
  'familyDesk.readHousehold': { limit: 'read', handle: (ctx, input) => readHousehold(ctx, input) },
  'familyDesk.recordHandover': { limit: 'write', handle: (ctx, input) => recordHandover(ctx, input) },
  'familyDesk.withdrawHandover': { limit: 'write', handle: (ctx, input) => withdrawHandover(ctx, input) },
  'familyDesk.stopProxy': {
    limit: 'write',
    handle: async (ctx, input) => {
      await stopProxy(ctx, input)
      return shape.isDone
    },
  },
})
