import { newClientId } from '../api/act-ids'
import { write } from '../api/client'
import { ApiError, isUnsure, messageOf } from '../api/errors'
import { keep } from '../platform/keep'
import { load, saveCache } from '../platform/storage'
import type { Picked } from '../platform/types'
import { useSession } from '../state/session'
import { newUpload } from '../upload/plan'
import { uploadPorts } from '../upload/ports'
import type { Outgoing } from './outbox'
import { later } from './ports'
import { Sender } from './sender'
import { said } from './words'

/** What passes by itself, beside a network that is gone. */
const passing = ['rate_limited', 'sign_in_needed', 'unauthenticated']

const owner = (): string => load<string>('resident') ?? useSession.getState().me?.id ?? 'nobody'

let current: { owner: string; sender: Sender } | null = null

/** What this resident wrote and the server does not have yet; somebody else's is never sent in their name. */
export function outgoing(): Sender {
  const name = owner()
  if (current?.owner === name) return current.sender
  const keptName = `chat-outbox.${name}`
  const sender = new Sender(
    {
      keep: (list) => saveCache(keptName, list),
      send: (input) => {
        if (owner() !== name) throw new ApiError('sign_in_needed', '')
        return write('chat.send', input)
      },
      isUnsure: (error) => isUnsure(error) || (error instanceof ApiError && passing.includes(error.code)),
      reason: messageOf,
      uploads: {
        ...uploadPorts,
        slice: async (path, position, length) => {
          await keep.wake(path)
          return uploadPorts.slice(path, position, length)
        },
        // Whoever has to sign in again first has lost nothing.
        judge: (error) =>
          error instanceof ApiError && passing.includes(error.code) ? 'lost' : uploadPorts.judge(error),
      },
      drop: keep.drop,
      later,
      gone: said.talk.lost,
    },
    load<Outgoing[]>(keptName) ?? [],
  )
  current = { owner: name, sender }
  return sender
}

export function sendText(conversationId: string, text: string): void {
  const draft = { kind: 'text', text } as const
  outgoing().add({ clientId: newClientId(), conversationId, at: Date.now(), draft, refused: null })
}

/** Rejects when the phone has no room to keep the file until it was sent. */
export async function sendFile(conversationId: string, picked: Picked): Promise<void> {
  const clientId = newClientId()
  let file: Picked
  try {
    file = await keep.keep(picked)
  } catch {
    throw new ApiError('no_room', said.talk.noRoom)
  }
  const { kind, path, bytes, durationMs } = file
  const upload = newUpload(kind, bytes, `${clientId}-f`)
  const draft = { kind: 'file', file: { key: clientId, kind, path, durationMs, upload } } as const
  outgoing().add({ clientId, conversationId, at: Date.now(), draft, refused: null })
}
