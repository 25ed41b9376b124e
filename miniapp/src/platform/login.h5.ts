import { browserEnvironment, signInAddress, splitTicket } from './browser'
import type { Portal } from '../api/types'
import type { LoginPlatform } from './types'

const environment = browserEnvironment(window.navigator.userAgent)

// Taken when this module loads, before the router reads the address: a ticket must not stay in the history.
const arrival = splitTicket(window.location.hash)
let ticket = arrival.ticket
if (ticket !== null) window.history.replaceState(null, '', arrival.hash)

export const login: LoginPlatform = {
  environment,
  silent: environment !== 'browser',
  takeTicket: () => {
    const taken = ticket
    ticket = null
    return taken
  },
  prove: async (signIn) => {
    if (environment === 'browser') return { kind: 'phone' }
    const page = environment === 'wechat-web' ? signIn.wechat : signIn.alipay
    window.location.href = signInAddress(page, window.location.hash)
    return { kind: 'leaving' }
  },
  ...(environment === 'wechat-web' && {
    ask: (signIn: Portal['signIn']) => {
      window.location.href = signInAddress(`${signIn.wechat}?scope=explicit`, '#/pages/home/index')
    },
  }),
}
