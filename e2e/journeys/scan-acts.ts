import type { Sheet } from '../printed'
import type { Phone } from './phone'

/** Holds the phone's camera before a printed sheet. */
export async function scan(phone: Phone, sheet: Sheet): Promise<void> {
  await phone.own('scan-open').click()
  await phone.own('scan-picture').setInputFiles(sheet.picture)
  await phone.own('scan-sheet').waitFor({ state: 'detached' })
}

/**
 * Counts, in the browser itself, every tap on our own pages from now on. What is tapped in the wallet, in its sheet or
 * on its cashier page, is not ours to spare.
 */
export async function countTaps(phone: Phone): Promise<() => number> {
  let taps = 0
  const context = phone.page.context()
  await context.exposeBinding('yihuTap', () => {
    taps += 1
  })
  const listen = (): void => {
    document.addEventListener(
      'click',
      ({ isTrusted }) => {
        const isOurs = window !== window.top && !location.pathname.startsWith('/alipay/')
        if (isTrusted && isOurs) (globalThis as unknown as { yihuTap(): void }).yihuTap()
      },
      true,
    )
  }
  await context.addInitScript(listen)
  await phone.frame.locator('body').evaluate(listen)
  return () => taps
}
