import { type Choosable, rememberedOf, shownOf } from './columns'

const all: readonly Choosable[] = [
  { key: 'name', always: true },
  { key: 'phone' },
  { key: 'team', extra: true },
  { key: 'state' },
]
const keys = (columns: readonly Choosable[]): string[] => columns.map(({ key }) => key)

test('nobody who chose nothing misses a usual column, or sees a rare one', () => {
  expect(keys(shownOf(all, null))).toEqual(['name', 'phone', 'state'])
  expect(keys(shownOf(all, ''))).toEqual(['name', 'phone', 'state'])
})
test('a choice comes back as it was made, in the table’s order', () => {
  const remembered = rememberedOf(all, ['team', 'phone'], null)
  expect(keys(shownOf(all, remembered))).toEqual(['name', 'phone', 'team'])
})
test('choosing the usual again leaves nothing to remember', () => {
  const remembered = rememberedOf(all, ['team'], null)
  expect(remembered).not.toBe('')
  expect(rememberedOf(all, ['name', 'phone', 'state'], remembered)).toBe('')
})
test('what says which row it is cannot be hidden', () => {
  expect(keys(shownOf(all, rememberedOf(all, [], null)))).toEqual(['name'])
  expect(keys(shownOf(all, '-name'))).toContain('name')
})
test('a column that this list does not have now keeps its choice for the list that has it', () => {
  const hidden = rememberedOf(all, ['name', 'phone'], null)
  const fewer = all.filter(({ key }) => key !== 'state')
  const later = rememberedOf(fewer, ['name'], hidden)
  expect(keys(shownOf(all, later))).toEqual(['name'])
})
test('a column that is new shows to whoever chose before it was there', () => {
  const remembered = rememberedOf(all, ['phone', 'state', 'team'], null)
  expect(keys(shownOf([...all, { key: 'new' }], remembered))).toContain('new')
})
test('what an older or broken memory says is passed over', () => {
  expect(keys(shownOf(all, 'phone,gone,-,+gone,-phone'))).toEqual(['name', 'state'])
})
