import { normal, saysSomething } from './cut-words'

/**
 * How much of what was typed stands in one of these lines just so, from 0 to 1: of two articles with the same words the
 * one whose question is put as it was asked comes first.
 */
export function closeness(typed: string, lines: readonly string[]): number {
  const wanted = pairsOf(typed)
  if (wanted.size === 0) return 0
  return Math.max(0, ...lines.map((line) => shared(wanted, pairsOf(line)) / wanted.size))
}

function pairsOf(text: string): ReadonlySet<string> {
  const characters = Array.from(normal(text)).filter(saysSomething)
  return new Set(characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`))
}

function shared(wanted: ReadonlySet<string>, there: ReadonlySet<string>): number {
  let count = 0
  for (const pair of wanted) if (there.has(pair)) count++
  return count
}
