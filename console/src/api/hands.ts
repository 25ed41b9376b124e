/** A question asked this long after the last touch is the page's own: it must not keep an empty chair signed in. */
const ownAfterMs = 10_000
let touchedAt = Date.now()

export const touched = (): void => {
  touchedAt = Date.now()
}
export const isPagesOwn = (nowMs: number = Date.now()): boolean => nowMs - touchedAt > ownAfterMs
/** Whether somebody was at the desk within that time. */
export const handsWithin = (ms: number, nowMs: number = Date.now()): boolean => nowMs - touchedAt <= ms
