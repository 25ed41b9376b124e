import { madeArticle, TYPED } from '../many-articles.fixture'
import { CompanyIndex, type FoundFacts } from './company-index'
import { language } from './language'
import { readQuestion } from './read-question'

const FACTS: FoundFacts = {
  kind: 'article',
  audience: 'public',
  typeIds: ',',
  validFrom: null,
  validUntil: null,
}
const MANY = 20_000

const index = new CompanyIndex()
const titles = new Map<string, string>()
const put = (id: string, title: string, questions = '', body = ''): void => {
  titles.set(id, title)
  index.put({ id, title, questions, body, facts: FACTS })
}
const find = (typed: string, limit = 3, allows: (facts: FoundFacts) => boolean = () => true) =>
  index.find(readQuestion(typed, language().synonyms, index), limit, allows)
const best = (typed: string): string | undefined => titles.get(find(typed)[0]?.id ?? '')

beforeAll(() => {
  for (let number = 0; number < MANY; number++) {
    const { title, questions, body } = madeArticle(number)
    put(String(number), title, questions, body)
  }
  // Some seconds of work, which others on the same machine may make minutes.
}, 600_000)

test('of 20,000 articles the ones that fit are found, also by pinyin and with slips', () => {
  expect(index.size).toBe(MANY)
  expect(best('充电桩跳闸')).toContain('充电桩跳闸')
  expect(best('chongdianzhuang tiaozha')).toContain('充电桩跳闸')
  expect(best('别墅壁挂炉异响')).toContain('别墅壁挂炉异响')
  expect(best('帐单查不到')).toContain('账单查不到')
  expect(best('壁挂炉异想')).toContain('壁挂炉异响')
  expect(best('养老院热量表没有显示')).toContain('养老院热量表没有显示')
})

test('a search among 20,000 articles takes less than 50 ms of work', () => {
  for (const typed of TYPED) find(typed)
  const spent = TYPED.map((typed) => {
    const before = process.cpuUsage()
    find(typed)
    const { user, system } = process.cpuUsage(before)
    return { typed, ms: (user + system) / 1000 }
  })
  const sorted = spent.map(({ ms }) => ms).sort((a, b) => a - b)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(50)
  const mean = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length
  expect(mean).toBeLessThan(50)
})

test.each([
  '(a+)+$',
  'a'.repeat(60),
  'nuanqi'.repeat(10),
  'ng'.repeat(30),
  "'".repeat(60),
  '暖'.repeat(60),
  '((((((((((',
  '😀'.repeat(30),
  '\u0000\u202e',
  '%_%',
  '不'.repeat(59),
])('%j costs no more than other words', (typed) => {
  const before = process.cpuUsage()
  for (let time = 0; time < 3; time++) find(typed)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000 / 3).toBeLessThan(200)
})

test('an article that says something else, or is taken away, is found by its old words no more', () => {
  put('x', '蓝色水表结霜')
  expect(best('水表结霜')).toBe('蓝色水表结霜')
  put('x', '红色阀门掉漆')
  expect(best('水表结霜')).not.toBe('红色阀门掉漆')
  expect(best('阀门掉漆')).toBe('红色阀门掉漆')
  index.remove('x')
  expect(find('阀门掉漆').map(({ id }) => id)).not.toContain('x')
  expect(index.size).toBe(MANY)
})

test('what a reader may not have is left out before the best are counted', () => {
  put('y', '内部水表结霜手册')
  expect(find('水表结霜', 3, ({ audience }) => audience === 'internal')).toEqual([])
  index.remove('y')
})
