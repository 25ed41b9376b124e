/** Straight-line distance for the eye: tens of metres under a kilometre, one decimal above. */
export function distanceWords(
  metres: number | null,
  words: { metres: (m: number) => string; kilometres: (km: string) => string; noDistance: string },
): string {
  if (metres === null) return words.noDistance
  if (metres < 1000) return words.metres(Math.max(10, Math.round(metres / 10) * 10))
  return words.kilometres((metres / 1000).toFixed(1))
}
