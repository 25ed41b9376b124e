/** Words that stand in examples, manuals and every list of passwords that is tried first. */
const KNOWN_WORDS = ['changeme', 'secret', 'password', '123456', 'example', 'test'] as const
const DIFFERENT_CHARACTERS = 8

/** Why this text is no secret, or null when nothing speaks against it. The text itself is in no answer. */
export function weaknessOf(text: string): string | null {
  const lower = text.toLowerCase()
  const word = KNOWN_WORDS.find((known) => lower.includes(known))
  if (word !== undefined) return `is not a secret: it contains “${word}”`
  if (new Set(text).size < DIFFERENT_CHARACTERS)
    return `is not random: it has fewer than ${DIFFERENT_CHARACTERS} different characters`
  return null
}
