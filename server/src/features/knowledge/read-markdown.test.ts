import { DAY_MS, shanghaiDayStart } from '../../core/clock'
import { type ReadMarkdown, readMarkdown } from './read-markdown'

const NOW = shanghaiDayStart('2026-11-22')
const read = (text: string): ReadMarkdown => readMarkdown(text, { now: NOW, reviewDays: 180 })
const faultsOf = (text: string): string[] => {
  const one = read(text)
  return 'faults' in one ? one.faults.map(({ line, message }) => `${line}: ${message}`) : []
}

test('front matter, the first heading and the rest are an article', () => {
  const text = [
    '---',
    'kind: qa',
    'types: [not-hot]',
    'questions:',
    '  - 家里不热',
    '  - 暖气冰凉',
    'live: [outage]',
    'validFrom: 2026-11-15',
    'validUntil: 2027-03-15',
    'reviewAt: 2027-09-01',
    '---',
    '',
    '# 暖气不热怎么办',
    '',
    '先看**阀门**。',
    '## 再看',
    '排气。',
  ].join('\r\n')
  expect(read(`\uFEFF${text}`)).toEqual({
    draft: {
      kind: 'qa',
      title: '暖气不热怎么办',
      body: '先看**阀门**。\n## 再看\n排气。',
      questions: ['家里不热', '暖气冰凉'],
      live: ['outage'],
      audience: 'public',
      typeIds: ['not-hot'],
      validFrom: shanghaiDayStart('2026-11-15'),
      // The last day counts whole.
      validUntil: shanghaiDayStart('2027-03-16'),
      reviewAt: shanghaiDayStart('2027-09-01'),
    },
  })
})

test('without front matter it is a public article that is looked at again after the usual time; tools are internal', () => {
  expect(read('# 测温\n\n关窗一小时。')).toMatchObject({
    draft: { kind: 'article', audience: 'public', typeIds: [], reviewAt: NOW + 180 * DAY_MS },
  })
  expect(read('---\nkind: case\n---\n# 一个案例\n经过。')).toMatchObject({ draft: { audience: 'internal' } })
})

test.each([
  ['---\nkind: article\n# 没有结尾\n正文', ['1: 开头的 --- 没有对应的结尾']],
  ['---\nkind: article\n---\n正文没有标题', ['4: 没有标题，请加一行“# 标题”']],
  ['# 标题在此\n\n', ['1: 标题下面没有正文']],
  ['# 短\n正文', ['1: 标题要2到80个字']],
  [
    '---\nkind: article\naudience: everybody\n---\n# 标题\n正文',
    ['3: 公开或内部（audience）只能是：public、internal'],
  ],
  ['---\nkind: article\nowner: 王晓\n---\n# 标题\n正文', ['3: 不认识“owner”这一项']],
  ['---\nquestions:\n  - 家里不热\n  - 热\n---\n# 标题\n正文', ['4: 问法（questions）问法至少两个字']],
  ['---\nvalidFrom: 明年\n---\n# 标题\n正文', ['2: 生效日期（validFrom）要写成 2026-12-31 这样的日期']],
  ['---\nvalidFrom: 2027-02-30\n---\n# 标题\n正文', ['2: 生效日期（validFrom）没有这一天']],
  ['---\ntypes: [暖气]\n---\n# 标题\n正文', ['2: 服务类型（types）服务类型要写它的代号']],
  ['---\nkind: [a\nlive: x\n---\n# 标题\n正文', ['3: 这一行写得不对，请检查冒号、引号和缩进']],
  ['---\na: &x [1, 1]\nb: [*x, *x]\n---\n# 标题\n正文', ['1: 不能用 & 和 * 引用']],
])('%j is refused with line and reason', (text, faults) => {
  expect(faultsOf(text)).toEqual(faults)
})

test('everything that is wrong is said at once', () => {
  expect(faultsOf('---\nkind: x\nlive: [y]\n---\n没有标题').map((fault) => fault.split(':')[0])).toEqual([
    '2',
    '3',
    '5',
  ])
})
