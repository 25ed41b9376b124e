import type { AccountEvent } from './account-event'
import type { AccountBook, AccountFile, AccountLink } from './account-shape'
import { fillWords } from './compose-reply'
import { answerNamed, matchAnswer, type Match } from './match-answer'
import type { Portal, Reply } from './reply'

/** What can be said at once (null: nothing), or that figures have to be looked up first. */
export type Immediate = { readonly reply: Reply | null } | { readonly live: Match }

/**
 * What the account says to an event, from the configuration alone: nothing is looked up, so the platform gets it within
 * its five seconds whatever is slow behind us, and a repeated event gets the same words again.
 */
export function immediateReply(book: AccountBook, portal: Portal, event: AccountEvent): Immediate {
  switch (event.kind) {
    case 'follow':
      return { reply: welcome(book, portal, event.scene) }
    case 'scan':
      return { reply: atScene(book, portal, event.scene) }
    case 'click': {
      const match = answerNamed(book, event.key)
      return match ? sayMatches(portal, [match]) : { reply: handover(book, portal) }
    }
    case 'message': {
      // What no answer is configured for waits for whoever talks with people.
      const matches = event.type === 'text' ? matchAnswer(book, event.text) : []
      return matches.length === 0 ? { reply: null } : sayMatches(portal, matches)
    }
    default:
      return { reply: null }
  }
}

const HOUSEHOLD_SCENE = /^h_([A-Za-z0-9_-]{4,60})$/
const COMPANY_SCENE = /^c_([a-z][a-z0-9-]{0,31})$/

function welcome(book: AccountBook, portal: Portal, scene: string | null): Reply {
  const { account } = book
  const own = say(portal, account, account.welcome, account.welcomeLink)
  if (scene === null) return own
  const company = companyOfScene(book, scene)
  if (company) return say(portal, company, company.welcome, company.welcomeLink)
  const there = atScene(book, portal, scene)
  return { ...there, words: `${own.words}\n${there.words}` }
}

function atScene(book: AccountBook, portal: Portal, scene: string): Reply {
  const { account } = book
  const token = HOUSEHOLD_SCENE.exec(scene)?.[1]
  if (token !== undefined)
    return say(portal, account, account.household, account.householdLink, { code: token })
  const company = companyOfScene(book, scene)
  if (company) return say(portal, company, company.welcome, company.welcomeLink)
  return say(portal, account, account.unknownScene, account.welcomeLink)
}

function companyOfScene(book: AccountBook, scene: string): AccountFile | undefined {
  const id = COMPANY_SCENE.exec(scene)?.[1]
  return [book.account, ...book.companies].find(({ company }) => id !== undefined && company?.id === id)
}

function handover(book: AccountBook, portal: Portal): Reply {
  const { account } = book
  return say(portal, account, account.handover, account.handoverLink)
}

function sayMatches(portal: Portal, matches: readonly Match[]): Immediate {
  const [first] = matches
  if (first?.answer.live !== undefined) return { live: first }
  const forPerson = matches.some(({ answer }) => answer.person)
  const answered = forPerson ? null : matches.map(({ answer }) => answer.name).join(',')
  if (first && matches.length === 1) {
    const { file, answer } = first
    return { reply: { ...say(portal, file, answer.words, answer.link ?? null), answered } }
  }
  const parts = matches.map(
    ({ file, answer }) =>
      `【${file.company?.name ?? portal.name}】\n${fillWords(answer.words, file, portal)}`,
  )
  return { reply: { words: parts.join('\n'), link: null, answered } }
}

/** The words of one file with its facts, and a link to a page of ours. */
export function say(
  portal: Portal,
  file: AccountFile,
  words: string,
  link: AccountLink | null,
  query: Readonly<Record<string, string>> = {},
): Reply {
  return {
    words: fillWords(words, file, portal),
    link: link === null ? null : { words: link.words, url: pageUrl(portal, link.page, query) },
    answered: '',
  }
}

export function pageUrl(portal: Portal, page: string, query: Readonly<Record<string, string>>): string {
  const extra = new URLSearchParams(query).toString()
  const whole = extra === '' ? page : `${page}${page.includes('?') ? '&' : '?'}${extra}`
  return `${portal.publicUrl}/#/${whole}`
}
