import { blocksOf, inlineOf } from './markdown'

test('headings, paragraphs and both kinds of lists', () => {
  const text =
    '# 暖气不热\n先看阀门。\n再看温度。\n\n- 开到最大\n- 等两小时\n\n1. 打电话\n2、约时间\n### 小贴士 ###'
  expect(blocksOf(text)).toEqual([
    { kind: 'heading', level: 2, parts: [{ kind: 'text', text: '暖气不热' }] },
    { kind: 'paragraph', parts: [{ kind: 'text', text: '先看阀门。\n再看温度。' }] },
    {
      kind: 'list',
      ordered: false,
      items: [[{ kind: 'text', text: '开到最大' }], [{ kind: 'text', text: '等两小时' }]],
    },
    {
      kind: 'list',
      ordered: true,
      items: [[{ kind: 'text', text: '打电话' }], [{ kind: 'text', text: '约时间' }]],
    },
    { kind: 'heading', level: 4, parts: [{ kind: 'text', text: '小贴士' }] },
  ])
})
test('a list that changes its kind is two lists, and text ends one', () => {
  expect(blocksOf('- a\n1. b\nc').map(({ kind }) => kind)).toEqual(['list', 'list', 'paragraph'])
})
test('bold, our own pages and https', () => {
  expect(inlineOf('请**马上**看[价格](/pages/tariff/index)或[国网](https://www.sgcc.com.cn/)。')).toEqual([
    { kind: 'text', text: '请' },
    { kind: 'bold', text: '马上' },
    { kind: 'text', text: '看' },
    { kind: 'link', text: '价格', to: '/pages/tariff/index' },
    { kind: 'text', text: '或' },
    { kind: 'link', text: '国网', to: 'https://www.sgcc.com.cn/' },
    { kind: 'text', text: '。' },
  ])
})
test.each(['javascript:alert(1)', '//evil.example/', '/\\evil.example', 'http://x.cn', 'data:text/html,x'])(
  'a link to %s stays text',
  (to) => {
    expect(inlineOf(`[x](${to})`)).toEqual([{ kind: 'text', text: `[x](${to})` }])
  },
)
test('HTML and images are text as they stand', () => {
  expect(blocksOf('<img src=x onerror=alert(1)>\n<script>1</script>')).toEqual([
    {
      kind: 'paragraph',
      parts: [{ kind: 'text', text: '<img src=x onerror=alert(1)>\n<script>1</script>' }],
    },
  ])
  expect(inlineOf('**未完')).toEqual([{ kind: 'text', text: '**未完' }])
  expect(blocksOf('')).toEqual([])
})
