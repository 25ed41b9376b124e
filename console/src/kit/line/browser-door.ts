import { writePublic } from '../../api/client'
import { errorFromBody, hasCode, localError } from '../../api/errors'
import type { FrameOut } from './frames'
import type { LineDoor, Polled, Ticket, Watching, WireEnds } from './line'

/** Longer than the server holds a poll back. */
const pollTimeoutMs = 60_000

/** The way out of a browser tab. */
export const browserDoor: LineDoor = {
  ticket: () => writePublic('chat.ticket', {}),
  connect: ({ url }, ends) => openSocket(addressOf(url), ends),
  poll,
  isOver: (error) => hasCode(error, 'unauthenticated', 'forbidden'),
  later: (work, ms) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  random: Math.random,
}

/** The socket stands at this page's own origin, whatever the server calls itself behind its proxy. */
function addressOf(url: string): string {
  const address = new URL(url, location.href)
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  address.host = location.host
  return address.href
}

function openSocket(address: string, ends: WireEnds) {
  const socket = new WebSocket(address)
  socket.addEventListener('message', ({ data }) => ends.text(String(data)))
  // An error is always followed by a close.
  socket.addEventListener('close', () => ends.closed())
  return {
    send: (text: string) => socket.send(text),
    close: () => socket.close(),
  }
}

async function poll({ pollUrl }: Ticket, { watch, listSince }: Watching): Promise<Polled> {
  const places = watch.map(({ conversationId, after, version }) => `${conversationId}:${after}:${version}`)
  const query = new URLSearchParams({ list: String(listSince), watch: places.join(',') })
  let answer: Response
  try {
    answer = await fetch(`${new URL(pollUrl, location.href).pathname}?${query}`, {
      credentials: 'same-origin',
      headers: { 'x-yihu-console': '1', 'x-yihu-background': '1' },
      signal: AbortSignal.timeout(pollTimeoutMs),
    })
  } catch {
    throw localError('offline')
  }
  const body = (await answer.json().catch(() => null)) as Partial<Polled> | null
  if (!answer.ok) throw errorFromBody(answer.status, body)
  if (!Array.isArray(body?.frames) || typeof body?.at !== 'number') throw localError('garbled')
  return { frames: body.frames as FrameOut[], at: body.at }
}
