/**
 * Where a login may lead back to: a page of our own single-page application, never an address. It goes behind
 * `/#`, but a scheme, a second slash or a backslash is refused all the same (ASVS 3.7.2).
 */
const RETURN_PATH = /^(?:\/[A-Za-z0-9][A-Za-z0-9_-]*)+(?:\?[A-Za-z0-9=&%._~-]{0,200})?$/
const HOME = '/pages/home/index'

/** The wish when it is one of our pages, else the home page. */
export function safeReturnPath(wish: unknown): string {
  return typeof wish === 'string' && wish.length <= 300 && RETURN_PATH.test(wish) ? wish : HOME
}

/** The page's address with the ticket, relative to the origin that the browser is on. */
export function pageWithTicket(returnPath: string, ticket: string): string {
  return `/#${returnPath}${returnPath.includes('?') ? '&' : '?'}ticket=${ticket}`
}
