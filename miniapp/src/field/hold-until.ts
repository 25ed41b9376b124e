export const untilChoices = ['2h', 'tomorrow', '3d', 'none'] as const
export type UntilChoice = (typeof untilChoices)[number]

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const shanghaiMs = 8 * hourMs
/** Crews begin at eight. */
const morningHour = 8

/** The moment a choice means: tomorrow and in three days at eight in Shanghai; null for nobody knows. */
export function holdUntil(choice: UntilChoice, nowMs: number): number | null {
  if (choice === 'none') return null
  if (choice === '2h') return nowMs + 2 * hourMs
  const today = Math.floor((nowMs + shanghaiMs) / dayMs) * dayMs - shanghaiMs
  return today + (choice === 'tomorrow' ? 1 : 3) * dayMs + morningHour * hourMs
}
