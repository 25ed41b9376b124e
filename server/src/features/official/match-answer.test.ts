import { readAccountBook } from './account-file'
import { comparable, matchAnswer } from './match-answer'

const companies = (['heating', 'gas', 'power', 'water'] as const).map((kind) => ({
  id: kind,
  kind,
  name: `${kind}公司`,
  hotline: '96123',
}))
const read = readAccountBook('group', companies)
if (!('value' in read)) throw new Error(read.faults.join('\n'))
const book = read.value
const namesFor = (text: string): string[] => matchAnswer(book, text).map(({ answer }) => answer.name)

test.each([
  ['欠费', 'owed'],
  ['我家还欠多少钱啊？', 'owed'],
  ['查一下 账 单', 'owed'],
  ['今天停电吗', 'outages'],
  ['什么时候来电！', 'outages'],
  ['转人工', 'people'],
  ['家里不热怎么办', 'heating-cold'],
  ['暖气不热', 'heating-cold'],
  ['暖气片坏了', 'repair'],
  ['闻到气味了', 'gas-leak'],
])('“%s” asks for %s', (text, name) => {
  expect(namesFor(text)).toEqual([name])
})

test.each(['你好', '', '？？？', '天气怎么样'])('nothing answers “%s”', (text) => {
  expect(namesFor(text)).toEqual([])
})

test('the longer key wins over the shorter one that stands in it', () => {
  // 不热 is a repair; 暖气不热 has an answer of its own.
  expect(namesFor('不热')).toEqual(['repair'])
  expect(namesFor('不热，暖气不热')).toEqual(['heating-cold'])
})

test('full-width letters, case, spaces and marks do not count', () => {
  expect(comparable(' Ａb，c 。！ 欠　费')).toBe('abc欠费')
})
