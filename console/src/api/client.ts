import { createActIds, newClientId } from './act-ids'
import { ApiError, errorFromBody, isUnsure, localError } from './errors'
import { isPagesOwn } from './hands'
import type { ActInput, ActName, Input, Output, PublicWriteName, ReadName } from './types'

const timeoutMs = 20_000
const acts = createActIds(() => Date.now(), newClientId)

/** `a=1&b=x`: what is undefined or empty is left out, because the server refuses empty text. */
export function queryOf(input: object): string {
  const pairs = Object.entries(input).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()
}

/** What the page asks by itself keeps nobody signed in. */
const BACKGROUND = { 'x-yihu-background': '1' }

/** Asks without an effect. Rejects with {@link ApiError}. */
export async function read<N extends ReadName>(
  name: N,
  input: Input<N>,
  options: { readonly signal?: AbortSignal; readonly byHand?: boolean } = {},
): Promise<Output<N>> {
  const query = queryOf(input as object)
  const address = query === '' ? `/api/${name}` : `/api/${name}?${query}`
  const own = options.byHand !== true && isPagesOwn()
  return (await send(address, {
    method: 'GET',
    ...(own && { headers: BACKGROUND }),
    ...(options.signal && { signal: options.signal }),
  })) as Output<N>
}

/** Asks for an effect. The same call after an unsure answer is the same act, and the server does it once. */
export async function act<N extends ActName>(name: N, input: ActInput<N>): Promise<Output<N>> {
  const clientId = acts.idFor(name, input)
  try {
    const answer = await post(name, { ...input, clientId })
    acts.answered(name, input)
    return answer as Output<N>
  } catch (error) {
    if (!isUnsure(error)) acts.answered(name, input)
    throw error
  }
}

/** The same under an id that the page keeps by itself, because it must know its act again. */
export const actAs = async <N extends ActName>(name: N, input: Input<N>): Promise<Output<N>> =>
  (await post(name, input as object)) as Output<N>

/** Signing in, where nobody is there yet whose acts could be counted; and signs of life, which nobody counts. */
export const writePublic = async <N extends PublicWriteName>(name: N, input: Input<N>): Promise<Output<N>> =>
  (await post(name, input as object)) as Output<N>

/** A line that broke is opened again, and a sign of life given, at an empty chair as well. */
const post = (name: string, body: object): Promise<unknown> =>
  send(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(isPagesOwn() && BACKGROUND) },
    body: JSON.stringify(body),
  })

/** Sends raw bytes of a file from `offset` on. */
export const sendPart = (fileId: string, offset: number, part: Blob): Promise<unknown> =>
  send(`/upload/${fileId}?offset=${offset}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: part,
  })

async function send(address: string, init: RequestInit): Promise<unknown> {
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
  let answer: Response
  try {
    answer = await fetch(address, {
      ...init,
      signal,
      credentials: 'same-origin',
      headers: { ...init.headers, 'x-yihu-console': '1' },
    })
  } catch (cause) {
    // A page that was left has taken its own question back: that is no failure.
    if (init.signal?.aborted) throw cause
    throw localError(limit.aborted ? 'timeout' : 'offline')
  }
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw errorFromBody(answer.status, body)
  if (body === null) throw new ApiError('garbled', answer.status)
  return body
}
