import { rememberedOf, shownOf } from '../../kit/columns'
import { allColumns } from './columns'
import { countFilters, inputFrom, queryToKeep, withFilter, withoutFilters } from './filters'

const from = (query: string) => inputFrom(new URLSearchParams(query))

test('without a word in the address, everything open is asked for, the nearest due first', () => {
  expect(from('')).toEqual({ tab: 'all', sort: 'due', limit: 30, states: 'open' })
})
test('a search looks at closed requests too, unless a state was chosen', () => {
  expect(from('q=0021')).not.toHaveProperty('states')
  expect(from('q=0021&states=closed')).toMatchObject({ q: '0021', states: 'closed' })
  expect(from('states=all')).not.toHaveProperty('states')
})
test('what an address cannot mean is left out, so that old links still open', () => {
  expect(from('tab=nobody&class=x&due=soon&sort=up&from=yesterday&to=-5')).toEqual(from(''))
})
test('urges that wait for an answer are a filter of their own', () => {
  expect(from('due=urged')).toMatchObject({ due: 'urged', states: 'open' })
})
test('numbers, cursors and long words come through in the shape the server asks for', () => {
  const input = from(`from=1790000000000&cursor=abc&q=${'户'.repeat(60)}`)
  expect(input).toMatchObject({ from: 1_790_000_000_000, cursor: 'abc' })
  expect(input.q).toHaveLength(40)
})
test('another filter begins a new list: the old page means nothing there', () => {
  const params = new URLSearchParams('tab=mine&cursor=abc&trail=-~x')
  expect(withFilter(params, 'class', 'repair').toString()).toBe('tab=mine&class=repair')
  expect(withFilter(params, 'tab', null).toString()).toBe('')
})
test('another company forgets what was the old one’s own', () => {
  const params = new URLSearchParams('companyId=gas&typeId=leak&areaId=a&teamId=t&due=overdue')
  expect(withFilter(params, 'companyId', 'heating').toString()).toBe('companyId=heating&due=overdue')
})
test('a saved view keeps filters in one order and no page', () => {
  const params = new URLSearchParams('sort=newest&due=overdue&cursor=c&tab=all&trail=-&do=note')
  expect(queryToKeep(params)).toBe('tab=all&due=overdue&sort=newest')
  expect(countFilters(params)).toBe(1)
  expect(withoutFilters(params).toString()).toBe('tab=all&sort=newest')
})
test('the list begins with the number that opens a request, also for who hid all they could', () => {
  expect(shownOf(allColumns, null).map(({ key }) => key)).toEqual([
    'number',
    'clock',
    'state',
    'type',
    'excerpt',
    'marks',
    'area',
    'assignee',
    'createdAt',
  ])
  expect(shownOf(allColumns, rememberedOf(allColumns, [], null))).toEqual([{ key: 'number', always: true }])
})
