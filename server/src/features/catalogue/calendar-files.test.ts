import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '../../core/config/load'
import { readCalendars } from './calendar-files'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-calendars-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const holidays = (off: string, work: string): string =>
  `{ year: 2026, official: true, source: 某年的通知, checkedAt: '2026-11-22', off: {${off}}, work: {${work}} }`

test('every fault of the folder is told at once, each with its file', () => {
  const { faults } = readCalendars(
    folderWith({
      'office.yaml': "{ title: 办公, days: working, spans: [['08:30', '12:00'], ['11:30', '17:30']] }",
      'night.yaml': "{ title: 夜里, days: every, spans: [['22:00', '06:00']] }",
      'broken.yaml': "{ title: 坏, days: sometimes, spans: [['25:00', '26:00']] }",
      'cn-holidays-2026.yaml': holidays(
        "'2026-10-01': 国庆, '2025-10-02': 国庆",
        "'2026-10-01': 调休, '2026-10-10': 调休",
      ),
    }),
  )
  expect(faults.join('\n')).toMatch(/office\.yaml: span 2 begins before/)
  expect(faults.join('\n')).toMatch(/night\.yaml: span 1 ends before it begins/)
  expect(faults.join('\n')).toMatch(/broken\.yaml: days/)
  expect(faults.join('\n')).toMatch(/broken\.yaml: spans\.0\.0: is not a time/)
  expect(faults.join('\n')).toMatch(/2025-10-02 is not in 2026/)
  expect(faults.join('\n')).toMatch(/2026-10-01 is both a day off and a make-up day/)
  expect(faults.join('\n')).toMatch(/2026-10-01 is no weekend day/)
  expect(faults.join('\n')).not.toMatch(/2026-10-10/)
})

test('the shipped days are those of the notice: 33 days off and six make-up days in 2026, thirteen days in 2027', () => {
  const read = (year: number): { off: object; work: object } =>
    parse(readFileSync(join(projectRoot(), `config/calendars/cn-holidays-${year}.yaml`), 'utf8')) as {
      off: object
      work: object
    }
  expect(Object.keys(read(2026).off)).toHaveLength(33)
  expect(Object.keys(read(2026).work)).toEqual([
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ])
  expect(Object.keys(read(2027).off)).toHaveLength(13)
  expect(Object.keys(read(2027).work)).toHaveLength(0)
})
