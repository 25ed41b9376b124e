import { readAccounts, textOf } from './accounts'

test('numbers are read from lines, and from one line with commas, whatever the commas are', () => {
  expect(readAccounts('002100007002\n002100007003\r\n').accountNos).toEqual(['002100007002', '002100007003'])
  expect(readAccounts('0021，0022、0023 0024;0025').accountNos).toEqual([
    '0021',
    '0022',
    '0023',
    '0024',
    '0025',
  ])
  expect(readAccounts('００２１').accountNos).toEqual(['0021'])
})
test('of a table with a heading only the named column is read, and quoted commas do not shift it', () => {
  const table =
    '序号,地址,户号,面积\n1001,"松海园,1号楼",="002100007002",14400\n1002,松海园2号楼,002100007003,9000'
  expect(readAccounts(table)).toEqual({
    accountNos: ['002100007002', '002100007003'],
    repeated: 0,
    unreadable: [],
    unreadableCount: 0,
    over: 0,
  })
})
test('without a heading the first number of a line is the account, not the area or the telephone', () => {
  expect(readAccounts("'002100007002\t张三\t13812345678").accountNos).toEqual(['002100007002'])
})
test('what is no account number is shown and counted, and scientific notation is not guessed at', () => {
  const found = readAccounts('2.1E+11\n无\n002100007002\n12')
  expect(found.accountNos).toEqual(['002100007002'])
  expect(found).toMatchObject({ unreadableCount: 3, unreadable: ['2.1E+11', '无', '12'] })
})
test('repeated ones are counted once, and what is over the limit is said', () => {
  expect(readAccounts('0021\n0021\n0022')).toMatchObject({ accountNos: ['0021', '0022'], repeated: 1 })
  expect(readAccounts('0021\n0022\n0023\n0021', 2)).toMatchObject({
    accountNos: ['0021', '0022'],
    over: 1,
    repeated: 1,
  })
})
test('a file from Excel on a Chinese Windows can be read', () => {
  const gb = new Uint8Array([0xbb, 0xa7, 0xba, 0xc5, 0x0a, 0x30, 0x30, 0x32, 0x31])
  expect(textOf(gb.buffer)).toBe('户号\n0021')
  expect(readAccounts(textOf(gb.buffer)).accountNos).toEqual(['0021'])
  expect(textOf(new TextEncoder().encode('户号').buffer as ArrayBuffer)).toBe('户号')
})
