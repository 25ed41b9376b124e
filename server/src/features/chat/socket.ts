import type { Peer, SocketSession } from '../../core/http/socket-peer'
import type { Ctx } from '../../platforms/context'
import type { SocketRoute } from '../../platforms/feature'
import type { FrameOut } from './frames'
import { hubOf } from './hub'
import type { Member } from './hub-member'
import { type Looker, lookerOf } from './looker'
import { SOCKET_PATH, type TicketHolder, ticketKey } from './make-ticket'
import { isStillThere } from './recheck-members'
import { doFrame, errorFrame, readFrame } from './socket-frames'

const POLICY = 1008
const RESTART = 1012

/** The chat's socket. Whoever comes with a ticket is who made it, and still is. */
export const chatSocket: SocketRoute = {
  name: 'chat.socket',
  path: SOCKET_PATH,
  admit: async (stranger, ticket) => {
    const kept = /^[0-9a-f]{48}$/.test(ticket) ? await stranger.cache.take(ticketKey(ticket)) : null
    if (kept === null) return null
    // makeTicket is the only writer of these.
    const ctx: Ctx = { ...stranger, ...(JSON.parse(kept) as TicketHolder) }
    if (!(await isStillThere(ctx))) return null
    const looker = await lookerOf(ctx)
    return { ctx, open: (peer) => openSocket(ctx, looker, peer) }
  },
}

function openSocket(ctx: Ctx, looker: Looker, peer: Peer): SocketSession {
  const give = (frame: FrameOut): boolean => peer.send(JSON.stringify(frame))
  const end = (reason: string): void => peer.close(reason === 'restart' ? RESTART : POLICY, reason)
  const member: Member = { ctx, looker, watches: new Map(), list: false, pendingList: new Map(), give, end }
  const leave = hubOf(ctx).join(member)
  give({ op: 'hello', beatMs: ctx.config.sockets.beatMs })
  return {
    frame: async (text) => doFrame(member, readFrame(text)),
    errorFrame: (error) => JSON.stringify(errorFrame(error)),
    // What was not written meanwhile is not remembered either: the client says where it stands.
    drained: () => {
      hubOf(ctx).unwatchAll(member)
      give({ op: 'lost' })
      if (member.list) give({ op: 'list', conversationId: null, why: 'changed' })
    },
    closed: leave,
  }
}
