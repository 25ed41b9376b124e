interface TypeWords {
  readonly id: string
  readonly name: string
  readonly hint: string
}

const pairsOf = (text: string): Set<string> => {
  const letters = [...text.replace(/[\s，。！？、,.!?]/g, '')]
  return new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))
}

/**
 * The type that a resident's words most likely mean: pairs of letters that its name (twice) and its hint share with
 * them. The topic of the conversation decides where it is a type itself. Null where nothing fits: a wrong guess costs
 * more than a click.
 */
export function guessType(types: readonly TypeWords[], topic: string | null, said: string): string | null {
  const own = types.find(({ id, name }) => id === topic || name === topic)
  if (own) return own.id
  const words = pairsOf(said)
  const shared = (text: string): number => [...pairsOf(text)].filter((pair) => words.has(pair)).length
  const scored = types.map(({ id, name, hint }) => ({ id, score: shared(name) * 2 + shared(hint) }))
  const [best, second] = scored.sort((a, b) => b.score - a.score)
  if (best === undefined || best.score < 2 || best.score === second?.score) return null
  return best.id
}
