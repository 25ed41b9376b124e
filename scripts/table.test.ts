import { formatTable, widthOf } from './table'

test('Chinese characters and full-width brackets count as two columns', () => {
  expect(widthOf('开热公司（供热）')).toBe(16)
  expect(widthOf('abc 1')).toBe(5)
  expect(widthOf('𠮷')).toBe(2)
})

test('columns stand under one another whatever they are written in, and headings run free', () => {
  expect(
    formatTable([
      ['A heading that is longer than any column'],
      ['开热公司', '0021', '1'],
      ['gas', '00088', '22'],
    ]),
  ).toBe('A heading that is longer than any column\n  开热公司   0021    1\n  gas        00088   22\n')
})

test('a heading begins columns of its own', () => {
  expect(formatTable([['A'], ['a long cell', '1'], ['B'], ['b', '2']])).toBe(
    'A\n  a long cell   1\nB\n  b   2\n',
  )
})
