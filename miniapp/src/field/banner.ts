import { refusedOf } from './outbox'
import type { SenderState } from './sender'
import type { Outbox } from './types'
import { said } from './words'

export interface Banner {
  readonly text: string
  readonly tone: 'warn' | 'bad'
}

/** What the worker should know about what was not sent yet; null when there is nothing to say. */
export function bannerOf(outbox: Outbox, state: SenderState, offline: boolean): Banner | null {
  const refused = refusedOf(outbox).length
  if (refused > 0) return { text: said.banner.refused(refused), tone: 'bad' }
  const waiting = outbox.waiting.length
  if (offline || state === 'offline') return { text: said.banner.offline(waiting), tone: 'warn' }
  if (state === 'stuck' && waiting > 0) return { text: said.banner.stuck(waiting), tone: 'warn' }
  return state === 'sending' && waiting > 0 ? { text: said.banner.sending(waiting), tone: 'warn' } : null
}
