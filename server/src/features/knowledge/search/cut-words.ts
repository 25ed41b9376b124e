import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict'
import { language } from './language'

interface Cutter {
  readonly jieba: Jieba
  readonly ignored: ReadonlySet<string>
}

let cutter: Cutter | null = null

/** The dictionary takes a fifth of a second and 40 MB, so it is read when the first word is cut. */
function cutterOf(): Cutter {
  if (cutter) return cutter
  const jieba = Jieba.withDict(dict)
  const { words, ignored } = language()
  jieba.loadDict(Buffer.from(words.map((word) => `${normal(word)} 200000 n`).join('\n')))
  cutter = { jieba, ignored: new Set(ignored) }
  return cutter
}

/** Full-width forms and case do not count. */
export function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

const HAS_MEANING = /[\p{L}\p{N}]/u

export const saysSomething = (word: string): boolean => HAS_MEANING.test(word)
export const isIgnored = (word: string): boolean => cutterOf().ignored.has(word)

/** The words of a text that say something, in their order; long words also as the shorter ones within them. */
export function cutWords(text: string): string[] {
  const { jieba, ignored } = cutterOf()
  return jieba
    .cutForSearch(normal(text), true)
    .map((word) => word.trim())
    .filter((word) => saysSomething(word) && !ignored.has(word))
}

/** The text word by word, without overlaps and with what stands between them; for how it sounds. */
export function wordsInOrder(text: string): string[] {
  return cutterOf().jieba.cut(normal(text), true)
}

/** Kinds of words, by the dictionary's marks, that name somebody, a place, a firm, a number or a time. */
const NAMING = /^(?:nr|ns|nt|m|t|x|eng)/

/**
 * What somebody typed as it may be kept: words that name things and doings. Names of people and places, numbers and
 * times are left out, because what found nothing is shown to staff who have no business with who looked for it.
 */
export function namelessWords(text: string): string {
  const { jieba, ignored } = cutterOf()
  return jieba
    .tag(normal(text), true)
    .filter(({ tag, word }) => !NAMING.test(tag) && !ignored.has(word) && !/[\p{N}a-z@_.]/u.test(word))
    .filter(({ word }) => saysSomething(word))
    .map(({ word }) => word)
    .slice(0, 12)
    .join(' ')
    .slice(0, 60)
}
