import MiniSearch, { type SearchResult } from 'minisearch'
import type { ArticleRow, LiveFacts } from '../entities'
import { cutWords, wordsInOrder } from './cut-words'
import type { Question, Term } from './read-question'
import { soundPairs } from './sounds'

/** An article as the search takes it. */
export interface Findable {
  readonly id: string
  readonly title: string
  /** Other ways to ask it, one a line. */
  readonly questions: string
  readonly body: string
  readonly facts: FoundFacts
}

/** What is known of a find without asking the database. */
export type FoundFacts = LiveFacts & Pick<ArticleRow, 'typeIds'>

export interface Found {
  readonly id: string
  readonly score: number
  readonly facts: FoundFacts
  /** How much of the question it speaks of, from 0 to 1. */
  readonly share: number
  /** Words of the article that were met, for the piece that is shown of it. */
  readonly words: readonly string[]
}

interface Entry {
  readonly id: string
  readonly title: string
  readonly questions: string
  readonly body: string
  readonly sound: string
}

/** How much of a body is looked through; whatever an article is about stands in its first pages. */
const BODY_MAX = 6000
const SOUNDED_QUESTIONS = 12
const HEADINGS = ['title', 'questions', 'sound']
const ALL_FIELDS = [...HEADINGS, 'body']
const BOOST = { title: 5, questions: 4, body: 1 }
const NEAR_WORDS = { fuzzy: 0.4, prefix: 0.5 }
const NEAR_SOUNDS = { fuzzy: 0.5, prefix: 0.3 }
/** A word in more headings than this, and in more than this share of them, tells nothing. */
const COMMON_LEAST = 300
const COMMON_SHARE = 0.3

/** The published articles of one company, found by words, by near words and by sound. */
export class CompanyIndex {
  readonly #mini = new MiniSearch<Entry>({
    fields: ALL_FIELDS,
    // Words are cut before; see entryOf.
    tokenize: (text) => text.split(' '),
    processTerm: (term) => (term === '' ? null : term),
    autoVacuum: true,
  })
  readonly #facts = new Map<string, FoundFacts>()
  /** In how many titles and questions each word stands: words that are in none may be misspelt. */
  readonly #vocabulary = new Map<string, number>()
  readonly #headings = new Map<string, readonly string[]>()
  readonly syllables = new Set<string>()

  get size(): number {
    return this.#facts.size
  }

  put(article: Findable): void {
    this.remove(article.id)
    const heading = [...cutWords(article.title), ...cutWords(article.questions)]
    this.#mini.add({
      id: article.id,
      title: cutWords(article.title).join(' '),
      questions: cutWords(article.questions).join(' '),
      body: cutWords(article.body.slice(0, BODY_MAX)).join(' '),
      sound: soundOf(article, this.syllables),
    })
    this.#facts.set(article.id, article.facts)
    const words = [...new Set(heading)]
    this.#headings.set(article.id, words)
    for (const word of words) this.#vocabulary.set(word, (this.#vocabulary.get(word) ?? 0) + 1)
  }

  remove(id: string): void {
    if (!this.#facts.delete(id)) return
    this.#mini.discard(id)
    for (const word of this.#headings.get(id) ?? []) {
      const left = (this.#vocabulary.get(word) ?? 0) - 1
      if (left > 0) this.#vocabulary.set(word, left)
      else this.#vocabulary.delete(word)
    }
    this.#headings.delete(id)
  }

  knows(word: string): boolean {
    return this.#vocabulary.has(word)
  }

  headingsWith(word: string): number {
    return this.#vocabulary.get(word) ?? 0
  }

  /** The best finds first; only those that `allows` and that meet enough of what was asked. */
  find(question: Question, limit: number, allows: (facts: FoundFacts) => boolean): Found[] {
    const asked = this.#withoutCommon(question)
    // Headings say what an article is about, and there are few words in them; bodies are asked where they do not help.
    const found = this.#findIn(HEADINGS, asked, limit, allows)
    if (found.length >= limit) return found
    const known = new Set(found.map(({ id }) => id))
    const deeper = this.#findIn(ALL_FIELDS, asked, limit + found.length, allows)
    return [...found, ...deeper.filter(({ id }) => !known.has(id))].slice(0, limit)
  }

  #findIn(
    fields: readonly string[],
    { terms, aspects }: Question,
    limit: number,
    allows: (facts: FoundFacts) => boolean,
  ): Found[] {
    const wordsBy = (by: Term['by']): string =>
      [...terms].flatMap(([word, term]) => (term.by === by ? [word] : [])).join(' ')
    const how = {
      boostTerm: (term: string) => terms.get(term)?.weight ?? 1,
      prefix: (term: string) => terms.get(term)?.prefix ?? false,
      fuzzy: (term: string) => terms.get(term)?.fuzzy ?? false,
      maxFuzzy: 1,
    }
    const textFields = fields.filter((field) => field !== 'sound')
    const results = this.#mini.search(
      {
        combineWith: 'OR',
        queries: [
          { ...how, queries: [wordsBy('word')], fields: textFields, boost: BOOST, weights: NEAR_WORDS },
          { ...how, queries: [wordsBy('sound')], fields: ['sound'], weights: NEAR_SOUNDS },
        ],
      },
      { filter: ({ id }) => this.#isAllowed(String(id), allows) },
    )
    const found: Found[] = []
    for (const result of results) {
      if (found.length >= limit) break
      const id = String(result.id)
      const facts = this.#facts.get(id)
      const share = metOf(terms, result) / aspects
      if (!facts || !meetsEnough(share, aspects, result)) continue
      found.push({ id, score: result.score, facts, share, words: result.terms })
    }
    return found
  }

  #isAllowed(id: string, allows: (facts: FoundFacts) => boolean): boolean {
    const facts = this.#facts.get(id)
    return facts !== undefined && allows(facts)
  }

  /**
   * Leaves out words that a great part of all headings has, such as 燃气 at a gas company, where another word of the
   * question is known: they tell no article from another and cost the most.
   */
  #withoutCommon(question: Question): Question {
    const many = Math.max(COMMON_LEAST, this.size * COMMON_SHARE)
    const isRare = (word: string): boolean => this.headingsWith(word) <= many
    const asked = [...question.terms].filter(([word, { weight }]) => weight === 1 && this.knows(word))
    if (!asked.some(([word]) => isRare(word))) return question
    const terms = new Map([...question.terms].filter(([word, { by }]) => by === 'sound' || isRare(word)))
    const aspects = new Set([...terms.values()].flatMap((term) => term.aspects)).size
    return { terms, aspects }
  }
}

function soundOf(article: Findable, syllables: Set<string>): string {
  const lines = [article.title, ...article.questions.split('\n').slice(0, SOUNDED_QUESTIONS)]
  return lines.flatMap((line) => soundPairs(wordsInOrder(line), syllables)).join(' ')
}

/**
 * Whether a find is about what was asked: two of its words stand in a heading, or one does and that is a good part of the
 * question, or nearly all of it stands anywhere. Otherwise it is said that nothing was found, which is honest.
 */
function meetsEnough(share: number, aspects: number, result: SearchResult): boolean {
  const inHeading = Object.values(result.match).filter((fields) =>
    fields.some((field) => HEADINGS.includes(field)),
  ).length
  if (inHeading >= 2 && share * aspects >= 2) return true
  return inHeading >= 1 ? share >= 0.34 : share >= 0.75
}

/** How many parts of the question it speaks of. */
function metOf(terms: Question['terms'], { queryTerms }: SearchResult): number {
  return new Set(queryTerms.flatMap((term) => terms.get(term)?.aspects ?? [])).size
}
