import { writeFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import { GAS_HEADER, gasFile, gasRow, gasRules, tempFile } from './files.fixture'
import { inspectFile } from './inspect-file'
import { type JudgedRecord, judgeFile } from './judge-file'
import { gasMonth } from './layouts/gas-month'
import { refusedHeader, refusedLine } from './refused-csv'
import type { ImportReport } from './tally'

async function judge(
  path: string,
): Promise<{ records: JudgedRecord[]; report: ImportReport; refused: string }> {
  const file = await judgeFile(path, await inspectFile(path), gasMonth, gasRules)
  const records: JudgedRecord[] = []
  let refused = refusedHeader(file.header)
  for await (const batch of file.batches) {
    for (const judged of batch) {
      records.push(judged)
      if (judged.outcome.kind === 'refused')
        refused += refusedLine(file.bound, judged.cells, judged.record, judged.outcome.reason)
    }
  }
  return { records, report: file.tally.report('x'), refused }
}

test.each([
  ['columns_missing', '0008800011,沈红宇'],
  ['account_no_missing', gasRow('', { 账期: '', 气费: 'N/A' })],
  ['account_no_invalid', gasRow('2.10E+11', { 账期: '' })],
  ['account_no_invalid', gasRow('8800011')],
  ['period_missing', gasRow('0008800011', { 账期: '', 气费: '' })],
  ['number_invalid', gasRow('0008800011', { 气费: '', 抄表日期: '2026年13月5日' })],
  ['date_invalid', gasRow('0008800011', { 抄表日期: '2026年13月5日', 气费: '-85.25' })],
  ['amount_negative', gasRow('0008800011', { 气费: '-85.25', 本期抄见: '3000' })],
  ['reading_backwards', gasRow('0008800011', { 本期抄见: '3000', 气费: '99.00' })],
  ['amount_mismatch', gasRow('0008800011', { 气费: '85.26' })],
  ['amount_mismatch', gasRow('0008800011', { 本期抄见: '3062' })],
])('a record is refused as %s when that is the first reason that applies', async (reason, row) => {
  const { report } = await judge(tempFile('gas.csv', gasFile([row, gasRow('0008800012')])))
  expect(report.rejected).toEqual({ [reason]: [2] })
  expect(report.accepted).toBe(1)
})

test('a repeated record counts as a duplicate, one with other amounts is refused, and neither hides the first', async () => {
  const rows = [
    gasRow('0008800011'),
    gasRow('0008800011', { 户名: '别人' }),
    gasRow('0008800011', { 违约金: '2.00' }),
  ]
  const { report } = await judge(tempFile('gas.csv', gasFile(rows)))
  expect(report).toMatchObject({
    rows: 3,
    accepted: 1,
    duplicates: 1,
    rejected: { conflicting_duplicate: [4] },
    amountFen: 8525,
    households: 1,
  })
})

test('records are counted, not lines: a quoted line break moves no number', async () => {
  const rows = [gasRow('0008800011', { 用气地址: '福田区\n香蜜湖花园,9栋1655' }), '', gasRow('bad')]
  const { report } = await judge(tempFile('gas.csv', gasFile(rows)))
  expect(report.rejected).toEqual({ account_no_invalid: [3] })
})

test('a name outside the basic plane and a name like a formula go in as text', async () => {
  const rows = [
    gasRow('0008800011', { 户名: '𠮷田静' }),
    gasRow('0008800012', { 户名: '=HYPERLINK("http://x","点我")' }),
  ]
  const { records } = await judge(tempFile('gas.csv', gasFile(rows)))
  const names = records.map(({ outcome }) =>
    outcome.kind === 'accepted' ? outcome.accepted.household.ownerName : null,
  )
  expect(names).toEqual(['𠮷田静', '=HYPERLINK("http://x","点我")'])
})

test('a phone number that is none is a warning and the record goes in without it; no number at all is no warning', async () => {
  const rows = [gasRow('0008800011', { 联系电话: '0755-18457777' }), gasRow('0008800012', { 联系电话: '' })]
  const { records, report } = await judge(tempFile('gas.csv', gasFile(rows)))
  expect(report.warnings).toEqual({ phone_invalid: [2] })
  expect(
    records.every(({ outcome }) => outcome.kind === 'accepted' && outcome.accepted.household.phone === null),
  ).toBe(true)
})

test.each([
  ['UTF-8', Buffer.from(gasFile([gasRow('0008800011')]))],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${gasFile([gasRow('0008800011')])}`)],
  ['GB18030', iconv.encode(gasFile([gasRow('0008800011', { 户名: '𠮷田静' })]), 'gb18030')],
  ['CRLF', Buffer.from(gasFile([gasRow('0008800011')]).replaceAll('\n', '\r\n'))],
])('a file in %s is read', async (_name, content) => {
  const { report } = await judge(tempFile('gas.csv', content))
  expect(report).toMatchObject({ rows: 1, accepted: 1 })
})

test('a file of another company is refused as a whole, and the missing columns are named', async () => {
  await expect(judge(tempFile('power.csv', '户号,电费\n0014300008,1.00\n'))).rejects.toThrow(
    /联系电话、用气地址/,
  )
  await expect(judge(tempFile('empty.csv', ''))).rejects.toThrow(/户号/)
})

test('a quote that is never closed stops the file there and says so', async () => {
  const path = tempFile('gas.csv', gasFile([gasRow('0008800011'), `"0008800012${gasRow('')}`]))
  await expect(judge(path)).rejects.toThrow(/第 2 条记录之后/)
})

test('XLSX numbers, serial dates and eaten zeros are read like text', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('气费')
  sheet.addRow(GAS_HEADER.split(','))
  sheet.addRow([
    8800011,
    '沈红宇',
    17903412298,
    '福田区香蜜湖花园9栋1655',
    '片区12',
    '调压站5',
    'GM1',
    3036,
    3061,
    25,
    25,
    0,
    0,
    85.25,
    0,
    '2026-10',
    46312,
    new Date('2026-11-20T00:00:00Z'),
    0,
  ])
  sheet.addRow([])
  sheet.addRow([
    '0008800012',
    { richText: [{ text: '沈' }, { text: '红宇' }] },
    '',
    '福田区香蜜湖花园9栋1656',
    '',
    '',
    'GM2',
    1,
    { formula: '1+25', result: 26 },
    25,
    25,
    0,
    0,
    '¥85.25',
    0,
    '2026-10',
    '2026/10/17',
    46346,
    0,
  ])
  const path = tempFile('gas.xlsx', '')
  writeFileSync(path, Buffer.from(await workbook.xlsx.writeBuffer()))
  const { records, report } = await judge(path)
  expect(report).toMatchObject({ rows: 2, accepted: 2, rejected: {} })
  expect(records[0]?.outcome).toMatchObject({
    accepted: { accountNo: '0008800011', dueOn: '2026-11-20', household: { phone: '17903412298' } },
  })
  expect(records[1]?.outcome).toMatchObject({ accepted: { household: { ownerName: '沈红宇' } } })
})

test('the refused-rows file runs no formula and goes in again once it is corrected', async () => {
  const rows = [
    gasRow('0008800011', { 户名: '=1+1', 气费: '-85.25' }),
    gasRow('0008800012', { 气费: '85.26', 用气地址: '福田区,"香蜜湖"花园9栋1\n2' }),
  ]
  const { refused } = await judge(tempFile('gas.csv', gasFile(rows)))
  const cells = refused.split(/[,\r\n]/)
  expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([])
  expect(refused).toContain("'0008800011,'=1+1")
  expect(refused).toContain('amount_negative 金额是负数')
  const corrected = refused.replace("'-85.25", '85.25').replace('85.26', '85.25')
  const { records, report } = await judge(tempFile('corrected.csv', corrected))
  expect(report).toMatchObject({ rows: 2, accepted: 2, rejected: {}, warnings: {} })
  expect(records[0]?.outcome).toMatchObject({
    accepted: { accountNo: '0008800011', household: { ownerName: '=1+1', phone: '17903412298' } },
  })
})
