import { exchange } from '../platform/exchange'
import type { Question } from '../platform/types'
import { answered, clientIdFor } from './act-ids'
import { ApiError, errorFromBody, isOffline, isUnsure, localError } from './errors'
import type { FileProgress, Input, Output, ReadName, WriteInput, WriteName } from './types'

const timeoutMs = 12_000

/** What the client must know of the session, handed in so that neither imports the other. */
export interface SessionPort {
  token(): string | null
  /** A random name of this installation, by which the server counts tries; it says nothing about anybody. */
  device(): string
  /** The server no longer knows our token: forget it, and sign in again if that needs no one's help. */
  renew(): Promise<boolean>
}
let session: SessionPort = { token: () => null, device: () => '', renew: async () => false }
export const connectSession = (port: SessionPort): void => {
  session = port
}

/** The line of acts that wait for the network, handed in for the same reason. */
export interface WaitingPort {
  /** What residents call this act; null where it must not wait. */
  titleOf(name: WriteName): string | null
  /** Throws when this phone has no room. */
  keep(act: { name: string; input: object; clientId: string; title: string }): void
  /** Sends what must go before this act; false when it still waits. */
  clear(name: WriteName): Promise<boolean>
  /** Told of each call: whether an answer of the server came through. */
  heard(answered: boolean): void
}
let waiting: WaitingPort = {
  titleOf: () => null,
  keep: () => undefined,
  clear: async () => true,
  heard: () => undefined,
}
export const connectWaiting = (port: WaitingPort): void => {
  waiting = port
}

/** Asks without an effect. Rejects with {@link ApiError}. */
export const read = <N extends ReadName>(name: N, input: Input<N>): Promise<Output<N>> =>
  call('GET', name, input)

/**
 * Asks for an effect. Rejects with {@link ApiError}; see `isUnsure` for what may be repeated. The same call after an
 * unsure answer is the same act, and the server does it once.
 */
export async function write<N extends WriteName>(name: N, input: WriteInput<N>): Promise<Output<N>> {
  const clientId = clientIdFor(name, input)
  if (waiting.titleOf(name) !== null && !(await waiting.clear(name))) throw wait(name, input, clientId)
  try {
    const answer = await call<Output<N>>('POST', name, clientId === null ? input : { ...input, clientId })
    answered(name)
    return answer
  } catch (error) {
    if (!isUnsure(error)) answered(name)
    throw isOffline(error) ? wait(name, input, clientId, error) : error
  }
}

/** An act that was kept for later, sent as it is. Rejects with {@link ApiError}. */
export const sendAct = (name: WriteName, input: object): Promise<unknown> => call('POST', name, input)

/**
 * What a write without a network ends in: kept for later under its own id, and said so; or, where it must not come
 * true later, why. A phone without room says only that the network is gone.
 */
function wait(name: WriteName, input: object, made: string | null, error?: unknown): unknown {
  const title = waiting.titleOf(name)
  const plain = error ?? localError('offline')
  if (title === null) return name === 'payments.start' ? localError('not_paid') : plain
  const { clientId: own, ...rest } = input as { clientId?: string }
  const clientId = made ?? own
  if (clientId === undefined) return plain
  try {
    waiting.keep({ name, input: rest, clientId, title })
  } catch {
    return plain
  }
  return localError('waiting')
}

const call = <T>(method: 'GET' | 'POST', name: string, input: unknown): Promise<T> =>
  signedIn(() => send<T>(method, name, input))

async function signedIn<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const expired = error instanceof ApiError && error.code === 'unauthenticated' && session.token() !== null
    if (!expired) throw error
    if (!(await session.renew())) throw localError('sign_in_needed')
    return ask()
  }
}

/** The header that says who asks; nothing where nobody is signed in. */
export function bearer(): Record<string, string> {
  const token = session.token()
  return token ? { authorization: `Bearer ${token}` } : {}
}

/** Where a path that the server named is: absolute in the mini-programs, as it is in the browser. */
export const addressOf = (path: string): string => (path.startsWith('/') ? `${API_ORIGIN}${path}` : path)

/** A part may take long on a slow network; what arrived of it is lost when it is cut off. */
const partTimeoutMs = 60_000

/** Sends raw bytes of one of my files to the place `offset`. Rejects with {@link ApiError}. */
export const sendPart = (fileId: string, offset: number, bytes: ArrayBuffer): Promise<FileProgress> =>
  signedIn(() =>
    ask<FileProgress>({
      url: `${API_ORIGIN}/upload/${fileId}?offset=${offset}`,
      method: 'POST',
      data: bytes,
      header: { 'content-type': 'application/octet-stream', 'x-yihu-device': session.device(), ...bearer() },
      timeout: partTimeoutMs,
    }),
  )

/** The server holds such an answer back until there is something to say. */
const heldTimeoutMs = 40_000

/** Reads a path that the server named, whose answer may be long in coming. Rejects with {@link ApiError}. */
export const readHeld = <T>(path: string, query: Readonly<Record<string, string | number>>): Promise<T> =>
  signedIn(() =>
    ask<T>({ url: addressOf(path), method: 'GET', data: query, header: bearer(), timeout: heldTimeoutMs }),
  )

const send = <T>(method: 'GET' | 'POST', name: string, input: unknown): Promise<T> =>
  ask<T>({
    url: `${API_ORIGIN}/api/${name}`,
    method,
    data: method === 'GET' ? (input as Question['data']) : JSON.stringify(input),
    header: {
      // Reads may come before anybody has agreed to anything, so they carry no name of the installation.
      ...(method === 'POST' ? { 'content-type': 'application/json', 'x-yihu-device': session.device() } : {}),
      ...bearer(),
    },
    timeout: timeoutMs,
  })

async function ask<T>(question: Question): Promise<T> {
  const answer = await exchange(question)
  waiting.heard(typeof answer !== 'string')
  if (typeof answer === 'string') throw localError(answer)
  const { status, data } = answer
  if (status >= 200 && status < 300 && data !== null && typeof data === 'object') return data as T
  throw errorFromBody(data)
}
