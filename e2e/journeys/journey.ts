import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { Stack } from '../stack'
import type { Phone, WalletName } from './phone'

/** One resident's way through the portal, on a phone of its own. */
export interface Journey {
  readonly name: string
  readonly wallet: WalletName
  /** How this phone is set up, where that matters. */
  readonly context?: BrowserContextOptions
  readonly walk: (phone: Phone, stack: Stack, browser: Browser) => Promise<void>
}
