import type { Control } from './control'
import type { Wallet } from './protocol'

/** Where a scanned link leads inside the phone, or why it leads nowhere. */
export type Followed = { path: string } | { message: string }

/**
 * The mini-program here is the browser's build, so its pages are addresses of one document: a cold start loads it at
 * the rule's page, and where it runs already the page comes on top, as a hot start does.
 */
export async function followLink(control: Control, wallet: Wallet, link: string): Promise<Followed> {
  try {
    const scanned = await control.scan(wallet, link)
    if (scanned.opens === 'nothing') return { message: scanned.message }
    if (scanned.opens === 'browser') return { path: scanned.path }
    // The values come encoded once already, and neither a mini-program nor Taro's browser build decodes them.
    const query = Object.entries(scanned.query).map(([name, value]) => `${name}=${value}`)
    return { path: `/#/${scanned.page}?${query.join('&')}` }
  } catch (error) {
    return { message: error instanceof Error ? error.message : '沙箱没有应答' }
  }
}
