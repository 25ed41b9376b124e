import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { accountFileNames, answersOf, officialFaults, readAccountBook } from './account-file'

const company = (kind: 'heating' | 'gas' | 'power' | 'water') => ({
  id: `${kind}-1`,
  kind,
  name: `${kind}公司`,
  hotline: '96123',
})
const ALL = (['heating', 'gas', 'power', 'water'] as const).map(company)
const SHIPPED = 'config/official'

/** The shipped group file with a change, in a folder of its own. */
function faultsWith(change: (file: Record<string, unknown>) => void): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-official-'))
  const file = parse(readFileSync(join(SHIPPED, 'group.yaml'), 'utf8')) as Record<string, unknown>
  change(file)
  writeFileSync(join(folder, 'group.yaml'), stringify(file))
  const read = readAccountBook('group', [], folder)
  return 'faults' in read ? read.faults : []
}

test('every file that is shipped can be used, and each company has answers of its own', () => {
  expect(officialFaults('group', ALL)).toEqual([])
  expect(accountFileNames().sort()).toEqual(['gas', 'group', 'heating', 'power', 'water'])
  const read = readAccountBook('group', ALL)
  const names = 'value' in read ? answersOf(read.value).map(({ file }) => file.company?.name ?? '') : []
  expect(new Set(names)).toEqual(new Set(['', 'heating公司', 'gas公司', 'power公司', 'water公司']))
})

test('an account without a file of its own stops the start, and says which file is missing', () => {
  expect(officialFaults('nobody', ALL)).toEqual(['config/official/nobody.yaml does not exist'])
  expect(officialFaults('heating', ALL)).toEqual([
    "config/official/heating.yaml: the account's own file needs menu, handover, household and unknownScene",
  ])
})

test.each<[string, (file: Record<string, unknown>) => void, string]>([
  [
    'four buttons',
    (file) => {
      file['menu'] = ['一', '二', '三', '四'].map((name) => ({ name, answer: 'owed' }))
    },
    '菜单最多3个，现在有4个，请删掉几个。',
  ],
  [
    'six items',
    (file) => {
      const items = ['一', '二', '三', '四', '五', '六'].map((name) => ({ name, answer: 'owed' }))
      file['menu'] = [{ name: '服务', items }]
    },
    '菜单“服务”下面最多5项，现在有6项。',
  ],
  [
    'a name that is too long',
    (file) => {
      file['menu'] = [{ name: '生活缴费厅', answer: 'owed' }]
    },
    '菜单名“生活缴费厅”太长，最多4个汉字。',
  ],
  [
    'a group that also opens a page',
    (file) => {
      file['menu'] = [{ name: '服务', page: 'pages/home/index', items: [{ name: '一', answer: 'owed' }] }]
    },
    '菜单“服务”有子菜单，自己就不能再打开页面。',
  ],
  [
    'a button without an aim',
    (file) => {
      file['menu'] = [{ name: '服务' }]
    },
    '菜单“服务”要且只要一个去处：页面、小程序、网址或回答。',
  ],
  [
    'a button for an answer that is not there',
    (file) => {
      file['menu'] = [{ name: '服务', answer: 'gone' }]
    },
    '菜单“服务”指向的回答“gone”不存在。',
  ],
  [
    'a variable that nothing fills',
    (file) => {
      file['welcome'] = '欢迎 ${name}'
    },
    'welcome: nothing fills ${name}',
  ],
  [
    'a link written by hand',
    (file) => {
      file['welcome'] = '<a href="https://evil.test">点我</a>'
    },
    'welcome: < and > are not allowed, links are written by us',
  ],
  [
    'two answers of one name',
    (file) => {
      const answers = file['answers'] as object[]
      file['answers'] = [...answers, answers[0]]
    },
    'config/official: two answers are named owed',
  ],
])('%s is refused before the portal starts', (_, change, fault) => {
  expect(faultsWith(change)).toEqual([expect.stringContaining(fault)])
})
