/** Where to go after signing in: a page of the console and nowhere else, whatever the address says. */
export function safeReturn(to: string | null): string {
  if (to === null || !/^\/[a-z]/.test(to) || to.startsWith('/sign-in') || to.startsWith('/set-up')) return '/'
  return to
}
