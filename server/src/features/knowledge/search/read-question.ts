import { cutWords, isIgnored, normal, saysSomething, wordsInOrder } from './cut-words'
import { withoutSlips } from './language'
import { cutPinyin, foldedLetters, pairsOfSyllables, soundPairs } from './sounds'

/** One thing to look for. */
export interface Term {
  readonly by: 'word' | 'sound'
  readonly weight: number
  readonly fuzzy: number | false
  readonly prefix: boolean
  /** Which parts of the question it stands for. */
  readonly aspects: readonly number[]
}

export interface Question {
  readonly terms: ReadonlyMap<string, Term>
  /** How many parts the question has. */
  readonly aspects: number
}

/** Lists of words that mean the same. */
export type Synonyms = readonly (readonly string[])[]

/** What the index knows, so that only words that it does not know are taken for misspelt ones. */
export interface Known {
  knows(word: string): boolean
  headingsWith(word: string): number
  readonly syllables: ReadonlySet<string>
}

/** Longer questions are told at length; what they are about stands at their beginning. */
const TEXT_MAX = 120
const WORDS_MAX = 24
const LETTERS_MAX = 40
const PLENTY = 40

/** Reads what somebody typed as what is to be looked for. It takes time in proportion to the text, whatever it says. */
export function readQuestion(text: string, synonyms: Synonyms, known: Known): Question {
  const typed = withoutSlips(normal(text).slice(0, TEXT_MAX))
  const reading = new Reading(synonyms, known)
  const words = wordsInOrder(typed).map((word) => word.trim())
  for (const word of words.slice(0, WORDS_MAX)) reading.addWord(word)
  reading.endRun()
  reading.addPhrases(typed, words)
  for (const run of typed.match(/[a-z][a-z' ]*/g) ?? []) reading.addLetters(run)
  return { terms: reading.terms, aspects: reading.aspects }
}

class Reading {
  readonly terms = new Map<string, Term>()
  aspects = 0
  /** Words one after the other that may be misspelt: their sound is looked for across them. */
  #run: { readonly words: string[]; readonly aspects: number[] } = { words: [], aspects: [] }
  readonly #synonyms: Synonyms
  readonly #known: Known

  constructor(synonyms: Synonyms, known: Known) {
    this.#synonyms = synonyms
    this.#known = known
  }

  addWord(word: string): void {
    if (!saysSomething(word) || isIgnored(word) || (isLetters(word) && !this.#known.knows(word))) {
      this.endRun()
      return
    }
    const isKnown = this.#known.knows(word)
    const aspect = this.aspects++
    const fuzzy = !isKnown && word.length >= 3 ? 1 : (false as const)
    this.#add(word, { weight: 1, fuzzy, prefix: !isKnown, aspects: [aspect] })
    for (const part of this.#likeWord(word))
      if (part !== word) this.#add(part, { weight: 0.5, fuzzy: false, prefix: false, aspects: [aspect] })
    if (isKnown && word.length > 1) {
      this.endRun()
      return
    }
    this.#run.words.push(word)
    this.#run.aspects.push(aspect)
  }

  /** Its shorter words and those that mean the same; none where plenty of headings have the word itself. */
  #likeWord(word: string): string[] {
    if (this.#known.headingsWith(word) >= PLENTY) return []
    const others = this.#synonyms.filter((list) => list.includes(word)).flat()
    return cutWords([word, ...others].join(' '))
  }

  endRun(): void {
    const { words, aspects } = this.#run
    for (const pair of soundPairs([words.join('')]))
      this.#add(pair, { by: 'sound', weight: 0.6, fuzzy: false, prefix: false, aspects })
    this.#run = { words: [], aspects: [] }
  }

  /** Phrases of the lists that stand in the question and were cut apart, such as 不怎么热. */
  addPhrases(typed: string, words: readonly string[]): void {
    for (const list of this.#synonyms) {
      const phrase = list.find((one) => one.length > 1 && !words.includes(one) && typed.includes(one))
      if (phrase === undefined) continue
      const aspects = [this.aspects++]
      for (const part of cutWords(list.join(' ')))
        this.#add(part, { weight: 0.6, fuzzy: false, prefix: false, aspects })
    }
  }

  /** Pinyin, as pairs of sounds: letters that follow each other are one run, however they are spaced. */
  addLetters(run: string): void {
    const parts = run.split(/[' ]+/).filter((part) => part !== '' && !this.#known.knows(part))
    const letters = parts.join('').slice(0, LETTERS_MAX)
    if (letters.length < 3) return
    const syllables = cutPinyin(letters, this.#known.syllables)
    const sounds =
      syllables && syllables.length > 1
        ? pairsOfSyllables(syllables)
        : parts.filter((part) => part.length > 2).map(foldedLetters)
    for (const sound of sounds) {
      const fuzzy = sound.length >= 5 ? 1 : (false as const)
      this.#add(sound, { by: 'sound', weight: 1, fuzzy, prefix: true, aspects: [this.aspects++] })
    }
  }

  #add(word: string, { by = 'word', ...term }: Omit<Term, 'by'> & { by?: Term['by'] }): void {
    const before = this.terms.get(word)
    const aspects = [...new Set([...(before?.aspects ?? []), ...term.aspects])]
    this.terms.set(word, { ...(before ?? { by, ...term }), aspects })
  }
}

const isLetters = (word: string): boolean => /^[a-z]+$/.test(word)
