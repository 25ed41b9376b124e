import { answersOf } from './account-file'
import type { AccountAnswer, AccountBook, AccountFile } from './account-shape'

export interface Match {
  readonly file: AccountFile
  readonly answer: AccountAnswer
}

/** How many companies' answers one reply holds at most. */
const MOST_COMPANIES = 3

/** What a person wrote, as it is compared: full-width forms, case, spaces and marks do not count. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
}

/**
 * The answers to what somebody wrote: those whose longest key that occurs in it is the longest of all, so that
 * “暖气不热” beats “不热”. Several only when several companies have a word for it; empty when nobody has.
 */
export function matchAnswer(book: AccountBook, text: string): readonly Match[] {
  const written = comparable(text)
  const scored = answersOf(book)
    .map((match) => ({ match, length: longestKey(match.answer, written) }))
    .filter(({ length }) => length > 0)
  const best = Math.max(0, ...scored.map(({ length }) => length))
  const winners = scored.filter(({ length }) => length === best).map(({ match }) => match)
  const [first] = winners
  if (!first) return []
  if (first.file === book.account) return [first]
  const perCompany = new Map<AccountFile, Match>()
  for (const match of winners) if (!perCompany.has(match.file)) perCompany.set(match.file, match)
  return [...perCompany.values()].slice(0, MOST_COMPANIES)
}

/** The answer that a menu's key names. */
export function answerNamed(book: AccountBook, name: string): Match | null {
  return answersOf(book).find(({ answer }) => answer.name === name) ?? null
}

function longestKey(answer: AccountAnswer, written: string): number {
  return Math.max(
    0,
    ...answer.keys.map((key) => (written.includes(comparable(key)) ? comparable(key).length : 0)),
  )
}
