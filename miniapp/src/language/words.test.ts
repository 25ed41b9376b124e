import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { errorWords } from '../api/error-words.en'
import { waitingTitle } from '../state/waits'
import { waitsInEnglish } from '../state/waits-words.en'
import { type Language, speakIn } from './spoken'

const root = join(__dirname, '..')
const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((path) => /words[a-z-]*\.ts$/.test(path) && !/\.(en|test)\.ts$/.test(path))

type Texts = [path: string, kind: string, text: string][]

/** Every text with its path and kind; what takes values is asked with some: a day stands for a number as well. */
function textsOf(part: unknown, path: readonly string[] = []): Texts {
  const at = path.join('.')
  if (typeof part === 'string') return [[at, 'text', part]]
  if (typeof part === 'function') {
    const values = [['2026-11-22'], '4', '3'].slice(0, part.length)
    const plain = ['2026-11-22', '4', '3'].slice(0, part.length)
    const say = part as (...given: unknown[]) => unknown
    let text: unknown
    try {
      text = say(...values)
    } catch {
      text = say(...plain)
    }
    return [[at, `sentence of ${part.length}`, String(text)]]
  }
  return Object.entries(part as object).flatMap(([key, value]) => textsOf(value, [...path, key]))
}

const required = (path: string): Record<string, unknown> =>
  require(join(root, path)) as Record<string, unknown>

/** Both languages of one file, each as its pages get them. */
function bothOf(file: string): Record<Language, Texts> {
  const [own, twin] = [required(file), required(file.replace(/\.ts$/, '.en.ts'))]
  const catalogue = 'en' in twin ? Object.values(own)[0] : own
  speakIn('zh')
  const zh = textsOf(catalogue)
  return { zh, en: textsOf('en' in twin ? twin['en'] : twin) }
}

/** What stays Chinese in English, and why. */
const chineseInEnglish: Readonly<Record<string, string>> = {
  'languages.zh': 'a language is named in itself',
  snapshot_user: 'what stands on the button of WeChat',
}
const isChinese = (text: string): boolean => /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(text)
const chineseLeft = (texts: Texts) =>
  texts.filter(([path, , text]) => isChinese(text) && !(path in chineseInEnglish))

afterEach(() => speakIn('zh'))

test('the mini-program has its catalogues, those of field workers among them', () => {
  expect(files.length).toBeGreaterThanOrEqual(24)
  expect(files).toContain('field/words.ts')
})

test.each(files)('%s says the same things in both languages', (file) => {
  const { zh, en } = bothOf(file)
  const shape = (texts: Texts) => texts.map(([path, kind]) => `${path}: ${kind}`).sort()
  expect(zh.length).toBeGreaterThan(0)
  expect(shape(en)).toEqual(shape(zh))
})

test.each(files)('%s has no empty text and no Chinese in English', (file) => {
  const { zh, en } = bothOf(file)
  expect([...zh, ...en].filter(([, , text]) => text.trim() === '')).toEqual([])
  expect(chineseLeft(en)).toEqual([])
})

test.each(files.filter((file) => 'en' in required(file.replace(/\.ts$/, '.en.ts'))))(
  '%s is read in the language of the moment, however long it has been loaded',
  (file) => {
    const said = Object.values(required(file))[0]
    const { zh, en } = bothOf(file)
    speakIn('en')
    expect(textsOf(said).sort()).toEqual(en.sort())
    speakIn('zh')
    expect(textsOf(said)).toEqual(zh)
  },
)

test('every error that the server can give has an English sentence', () => {
  const { errorCatalogue } = require(join(root, '../../server/src/core/errors')) as {
    errorCatalogue(): readonly { code: string }[]
  }
  const codes = errorCatalogue().map(({ code }) => code)
  expect(codes.length).toBeGreaterThan(100)
  expect(Object.keys(errorWords).sort()).toEqual(codes.sort())
  expect(chineseLeft(textsOf(errorWords))).toEqual([])
})

test('what waits for the network is named in both languages, and what never waits in none', () => {
  expect(waitingTitle('readings.submit')).toBe('报读数')
  expect(waitingTitle('payments.start')).toBeNull()
  expect(Object.keys(waitsInEnglish).map(waitingTitle)).not.toContain(null)
  expect(chineseLeft(textsOf(waitsInEnglish))).toEqual([])
  speakIn('en')
  expect(waitingTitle('readings.submit')).toBe('Report reading')
  expect(waitingTitle('payments.start')).toBeNull()
})
