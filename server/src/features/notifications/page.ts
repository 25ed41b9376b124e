/**
 * A page as wallets want it: without the slash at its beginning, whichever way the feature wrote it. Our own pages take
 * it with one slash in front.
 */
export function barePage(page: string | null): string | null {
  return page === null ? null : page.replace(/^\/+/, '')
}
