import Taro from '@tarojs/taro'
import { create } from 'zustand'
import { arrivedFromPc, arrivedWith } from '../platform/arrival'
import { scanTokenIn, tokenIn } from '../platform/code-link'
import { load, save } from '../platform/storage'
import { go, routes } from '../routes'

const key = 'code-token'

/** The code that was scanned last. It is kept, so that the page stands again after a browser was loaded anew. */
export const useScanned = create<{ token: string | null }>(() => ({
  token: arrivedWith ?? load<string>(key),
}))
if (arrivedWith !== null) save(key, arrivedWith)

/** What was scanned last on a PC's screen. It is good for minutes, so it is not kept. */
export const useScannedPc = create<{ token: string | null }>(() => ({ token: arrivedFromPc }))

export function keepScanned(token: string): void {
  save(key, token)
  useScanned.setState({ token })
}

/** Opens the page of a code that was scanned inside the app. */
export function openCode(token: string): void {
  keepScanned(token)
  go('code')
}

let handled: string | null = null

/**
 * Alipay's scanner: the link comes as the app's own option, at the launch and at each hot start. The same option comes
 * again when the app returns from its cashier, where nobody has scanned anything.
 */
export function openScanned(options: unknown): void {
  const { path, query } = (options ?? {}) as { path?: unknown; query?: Record<string, unknown> | null }
  const link = query?.['qrCode']
  if (typeof link !== 'string' || link === handled) return
  const [token, fromPc] = [tokenIn(link), scanTokenIn(link)]
  if (token === null && fromPc === null) return
  handled = link
  if (token !== null) keepScanned(token)
  else useScannedPc.setState({ token: fromPc })
  const name = token !== null ? 'code' : 'scan'
  const page = routes[name].slice(1)
  if (String(path ?? '').replace(/^\//, '') === page) return
  // At a launch there is no page yet from which another could be opened.
  Taro.nextTick(() => {
    const [top] = Taro.getCurrentPages().slice(-1)
    if (String(top?.route ?? '').replace(/^\//, '') !== page) go(name)
  })
}
