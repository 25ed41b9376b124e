/** How long before the end the warning stands on the screen. */
export const warnBeforeMs = 60_000

export type IdleState =
  | { readonly kind: 'here' }
  | { readonly kind: 'warn'; readonly seconds: number }
  | { readonly kind: 'gone' }

/** Nobody has touched the console since `lastMs`; the session lives for `idleMs` without a touch. */
export function idleState(lastMs: number, nowMs: number, idleMs: number): IdleState {
  const left = lastMs + idleMs - nowMs
  if (left <= 0) return { kind: 'gone' }
  if (left <= warnBeforeMs) return { kind: 'warn', seconds: Math.ceil(left / 1000) }
  return { kind: 'here' }
}

/** A person who writes for long asks nothing of the server, which must still know that they are there. */
export const mustTellServer = (
  lastTouchMs: number,
  lastToldMs: number,
  nowMs: number,
  idleMs: number,
): boolean => lastTouchMs > lastToldMs && nowMs - lastToldMs >= Math.min(5 * 60_000, idleMs / 3)
