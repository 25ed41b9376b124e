import { pasted, pastedColumns } from './pasted'

const row = (change: Partial<Record<(typeof pastedColumns)[number], string>> = {}): string => {
  const cells: Record<string, string> = {
    名称: '城南厅',
    地址: '城南路 8 号',
    电话: '95598',
    纬度: '28.177000',
    经度: '112.984000',
    ...Object.fromEntries(['周一', '周二', '周三', '周四', '周五'].map((day) => [day, '08:30-17:30'])),
    周六: '09:00-12:00',
    周日: '休',
    节假日: '休',
    能办什么: '缴费、过户',
    取号: '是',
    ...change,
  }
  return pastedColumns.map((column) => cells[column] ?? '').join('\t')
}

test('a table from a spreadsheet becomes outlets; headings and empty lines are passed over', () => {
  const { outlets, faults } = pasted(
    [pastedColumns.join('\t'), row(), '', row({ 名称: '城北厅' })].join('\r\n'),
  )
  expect(faults).toEqual([])
  expect(outlets.map(({ name }) => name)).toEqual(['城南厅', '城北厅'])
  expect(outlets[0]).toMatchObject({
    latE6: 28_177_000,
    lngE6: 112_984_000,
    services: ['缴费', '过户'],
    hasTickets: true,
    access: {},
  })
  expect(outlets[0]?.hours.week[5]).toEqual([{ from: '09:00', to: '12:00' }])
  expect(outlets[0]?.hours.week[6]).toEqual([])
})

test('every fault is named with its line and column', () => {
  const text = [row({ 电话: '无' }), row({ 周三: '上午', 纬度: '北' })].join('\n')
  expect(pasted(text).faults).toEqual([
    { line: 1, column: '电话' },
    { line: 2, column: '纬度' },
    { line: 2, column: '周三' },
  ])
})
