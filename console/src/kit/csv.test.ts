import { csvCell, csvName, csvOf } from './csv'

test.each([
  ['=HYPERLINK("http://a")', `"'=HYPERLINK(""http://a"")"`],
  ['+86', "'+86"],
  ['-1+2', "'-1+2"],
  ['@SUM(1)', "'@SUM(1)"],
  ['\t=1', `"'\t=1"`],
  ['\r\n=1', `"'\r\n=1"`],
  ['  =1', "'  =1"],
  ['\u3000=1', "'\u3000=1"],
  ['\ttext', `"'\ttext"`],
  ['＝1', "'＝1"],
  ['＠SUM', "'＠SUM"],
  ['|cmd', "'|cmd"],
  ['%x', "'%x"],
])('what a spreadsheet would run becomes text: %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})
test('ordinary words stay as they are, and commas, quotes and lines stay in their cell', () => {
  expect(['松海园 1号楼', '—', '11-22 14:05', 'a=b', '¥3.00'].map(csvCell)).toEqual([
    '松海园 1号楼',
    '—',
    '11-22 14:05',
    'a=b',
    '¥3.00',
  ])
  expect(csvCell('¥3,634.08')).toBe('"¥3,634.08"')
  expect(csvCell('他说"冷"')).toBe('"他说""冷"""')
  expect(csvCell('一\n二')).toBe('"一\n二"')
})
test('a file begins with the mark by which Excel reads Chinese, then heads, then the rows shown', () => {
  const columns = [
    { title: '姓名', text: ({ name }: { name: string; phone: string }) => name },
    { title: '=手机', text: ({ phone }: { name: string; phone: string }) => phone },
  ]
  expect(
    csvOf(columns, [
      { name: '赵敏', phone: '138****0001' },
      { name: '@a,b', phone: '—' },
    ]),
  ).toBe(`\uFEFF姓名,'=手机\r\n赵敏,138****0001\r\n"'@a,b",—\r\n`)
})
test('a column that is not handed over leaves nothing in the file', () => {
  const file = csvOf(
    [{ title: '姓名', text: ({ name }: { name: string; phone: string }) => name }],
    [{ name: '赵敏', phone: '13800000001' }],
  )
  expect(file).not.toContain('13800000001')
})
test('a file is named by its table and Shanghai’s day, whatever the hour elsewhere', () => {
  expect(csvName('审计记录', Date.parse('2026-11-22T15:59:00Z'))).toBe('审计记录-2026-11-22.csv')
  expect(csvName('审计记录', Date.parse('2026-11-22T16:00:00Z'))).toBe('审计记录-2026-11-23.csv')
})
test('a file’s name has no sign that a disk refuses', () => {
  expect(csvName('../a:b* "c"', Date.parse('2026-11-22T04:00:00Z'))).toBe('a-b-c-2026-11-22.csv')
  expect(csvName('//', Date.parse('2026-11-22T04:00:00Z'))).toBe('table-2026-11-22.csv')
})
