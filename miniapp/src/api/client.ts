import Taro from '@tarojs/taro'
import { ApiError, errorFromBody, localError } from './errors'
import type { Input, OperationName, Output, ReadName, WriteName } from './types'

const timeoutMs = 12_000

/** What the client must know of the session, handed in so that neither imports the other. */
export interface SessionPort {
  token(): string | null
  /** The server no longer knows our token: forget it, and sign in again if that needs no one's help. */
  renew(): Promise<boolean>
}
let session: SessionPort = { token: () => null, renew: async () => false }
export const connectSession = (port: SessionPort): void => {
  session = port
}

/** Asks without an effect. Rejects with {@link ApiError}. */
export const read = <N extends ReadName>(name: N, input: Input<N>): Promise<Output<N>> =>
  call('GET', name, input)

/** Asks for an effect. Rejects with {@link ApiError}; see `isUnsure` for what may be repeated. */
export const write = <N extends WriteName>(name: N, input: Input<N>): Promise<Output<N>> =>
  call('POST', name, input)

async function call<N extends OperationName>(
  method: 'GET' | 'POST',
  name: N,
  input: Input<N>,
): Promise<Output<N>> {
  try {
    return await send<Output<N>>(method, name, input)
  } catch (error) {
    const expired = error instanceof ApiError && error.code === 'unauthenticated' && session.token() !== null
    if (!expired) throw error
    if (!(await session.renew())) throw localError('sign_in_needed')
    return send<Output<N>>(method, name, input)
  }
}

async function send<T>(method: 'GET' | 'POST', name: string, input: unknown): Promise<T> {
  const token = session.token()
  const response = await exchange({
    url: `${API_ORIGIN}/api/${name}`,
    method,
    data: method === 'GET' ? input : JSON.stringify(input),
    header: {
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    timeout: timeoutMs,
    dataType: 'json',
    credentials: 'same-origin',
  })
  if (
    response.status >= 200 &&
    response.status < 300 &&
    response.data !== null &&
    typeof response.data === 'object'
  ) {
    return response.data as T
  }
  throw errorFromBody(response.data)
}

/** Some wallets report a refusal as a failed request, with the body beside it; both ways end here alike. */
async function exchange(option: Taro.request.Option): Promise<{ status: number; data: unknown }> {
  try {
    const answer = await Taro.request(option)
    return { status: answer.statusCode, data: answer.data }
  } catch (error) {
    const failed = error as {
      status?: unknown
      statusCode?: unknown
      data?: unknown
      errMsg?: unknown
    } | null
    const status = Number(failed?.statusCode ?? failed?.status ?? 0)
    if (status >= 400) return { status, data: parsed(failed?.data) }
    throw localError(String(failed?.errMsg ?? '').includes('timeout') ? 'timeout' : 'offline')
  }
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data) as unknown
  } catch {
    return null
  }
}
