import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promiseLine, readingNext, requestState, stepBy, stepTitle } from './by-code'
import { byCode } from './by-code.en'
import { speakIn } from './language/spoken'

const server = join(__dirname, '../../server/src/features')
const sourcesOf = (feature: string): string[] =>
  readdirSync(join(server, feature))
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .map((file) => readFileSync(join(server, feature, file), 'utf8'))
const isChinese = (text: string): boolean => /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(text)

/** Every text of the tables; what takes a value is given one. */
const textsOf = (part: unknown): string[] => {
  if (typeof part === 'string') return [part]
  if (typeof part === 'function') return [String((part as (value: string) => string)('x'))]
  return Object.values(part as object).flatMap(textsOf)
}

afterEach(() => speakIn('zh'))

test('nothing of it is empty or Chinese', () => {
  const texts = textsOf(byCode)
  expect(texts.length).toBeGreaterThan(100)
  expect(texts.filter((text) => text.trim() === '' || isChinese(text))).toEqual([])
})

test('every move of a request is a step with an English name', () => {
  const { MOVES } = require(join(server, 'requests/states')) as { MOVES: Readonly<Record<string, object>> }
  const moves = Object.keys(MOVES).filter((move) => move !== 'follow')
  expect(moves.length).toBeGreaterThan(10)
  expect(moves.map((move) => `move:${move}`).filter((kind) => !(kind in byCode.steps))).toEqual([])
})

test('every other step that a resident may read has an English name', () => {
  // Between people at work; residents are shown none of them.
  const internal = ['classified', 'taken', 'far-arrival', 'part', 'signature', 'refusal', 'voice', 'help']
  const kinds = ['requests', 'desk', 'dispatch'].flatMap(sourcesOf).flatMap((source) =>
    // A step names its kind just before its title.
    [...source.matchAll(/kind: '([a-z-]+)',\s+title\b/g)].map(([, kind = '']) => kind),
  )
  expect(new Set(kinds).size).toBeGreaterThan(5)
  expect(kinds.filter((kind) => !(kind in byCode.steps) && !internal.includes(kind))).toEqual([])
})

test('every kind of message has an English name', () => {
  const templates = readdirSync(join(__dirname, '../../templates'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
  expect(templates.length).toBeGreaterThan(20)
  expect(Object.keys(byCode.messages).sort()).toEqual(templates.sort())
})

test('the server’s words are said in Chinese, and those of the code in English', () => {
  const request = { state: 'on-the-way', stateWords: '师傅在路上' } as const
  expect(requestState(request)).toBe('师傅在路上')
  speakIn('en')
  expect(requestState(request)).toBe('The worker is on the way')
})

test('whoever came keeps the name, and a step that nobody foresaw its own title', () => {
  speakIn('en')
  expect(stepBy({ by: 'desk', byName: '客服' })).toBe('Customer service')
  expect(stepBy({ by: 'worker', byName: '孙师傅' })).toBe('孙师傅')
  expect(stepTitle({ kind: 'unheard-of', title: '新的一步' })).toBe('新的一步')
})

test('a promise names its moment, and a reading until when another may be sent', () => {
  const now = Date.UTC(2026, 10, 22, 7, 0)
  const clock = { kind: 'arrive', promise: '最迟 15:40 前到达', dueAt: now + 40 * 60_000 } as const
  const reading = {
    next: '这个读数没有采用。',
    nextStep: { code: 'rejected', until: null, againUntil: now, requestNumber: null },
  } as const
  expect(promiseLine(clock, now)).toBe('最迟 15:40 前到达')
  speakIn('en')
  expect(promiseLine(clock, now)).toBe('Somebody comes by today 15:40')
  expect(readingNext(reading)).toMatch(/^This reading was not accepted\. You can report again until /)
})
