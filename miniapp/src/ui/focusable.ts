import { login } from '../platform/login'

/** What a browser's keyboard must reach, to press it or to scroll with the keys; the wallets' own pages have no keyboard to move with. */
export const focusable: { tabIndex?: number } = login.environment.endsWith('-mini') ? {} : { tabIndex: 0 }
