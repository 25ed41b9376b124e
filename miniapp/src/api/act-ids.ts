import type { GivenInput, WriteName } from './types'

/**
 * Every write of a resident carries an id that says which intended act it is, so that the server can tell a repeat
 * from a second wish. Payments, bindings, requests and files keep theirs over restarts; all others are here.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 32 characters; unique among one resident's acts is all that is asked of it, the session is what protects it. */
export function newClientId(nowMs: number = Date.now()): string {
  let id = nowMs.toString(36)
  while (id.length < 32) id += alphabet[Math.floor(Math.random() * alphabet.length)] ?? '-'
  return id
}

/**
 * What carries no id: strangers' calls, because nobody is signed in whose acts could be told apart, and marks that come
 * true once however often they are made. The console's own are not ours.
 */
type BareWrite = Exclude<
  {
    [N in WriteName]: 'clientId' extends keyof GivenInput<N> ? never : N
  }[WriteName],
  `staff.${string}` | `chatDesk.${string}`
>
const bareWrites: Record<BareWrite | 'chat.ticket' | 'scans.begin', true> = {
  'chat.ticket': true,
  'sessions.login': true,
  'sessions.redeem': true,
  'scans.begin': true,
  'scans.redeem': true,
  'sessions.sendCode': true,
  'sessions.loginByCode': true,
  'codes.open': true,
  'codes.enter': true,
  'chat.markRead': true,
  'chat.typing': true,
}

interface OpenAct {
  readonly name: string
  readonly input: string
  readonly clientId: string
}
/** One act without a certain answer for each part of the portal; anything else done there means a new wish. */
const open = new Map<string, OpenAct>()
const partOf = (name: string): string => name.slice(0, name.indexOf('.'))

/**
 * The id of this act: null for what needs none or brings its own. The same operation with the same input keeps its
 * id until {@link answered}.
 */
export function clientIdFor(name: WriteName, input: object): string | null {
  if (name in bareWrites || 'clientId' in input) return null
  // Asking for news is no wish that could come true twice, and must not disturb one.
  if (name === 'payments.check') return newClientId()
  const text = JSON.stringify(input)
  const before = open.get(partOf(name))
  if (before?.name === name && before.input === text) return before.clientId
  const act = { name, input: text, clientId: newClientId() }
  open.set(partOf(name), act)
  return act.clientId
}

/** The server has said yes or no: the same wish again is a new one. */
export function answered(name: WriteName): void {
  if (name !== 'payments.check') open.delete(partOf(name))
}
