import { isTemplateValue } from '../../../../sandbox/src/wechat/api/template-fields'
import { fitField, fitFields } from './fields'

test.each([
  ['thing1', '幸福小区1-2-301', '幸福小区1-2-301'],
  ['thing1', '幸福小区一号楼二单元三零一室共用一块热量表的住户', '幸福小区一号楼二单元三零一室共用一块热…'],
  ['thing1', '第一行\n第二行', '第一行 第二行'],
  ['thing1', '🔥'.repeat(15), `${'🔥'.repeat(9)}…`],
  ['thing1', '   ', null],
  ['phrase2', '已缴清OK', '已缴清'],
  ['phrase2', '正在处理中请稍候', '正在处理中'],
  ['phrase2', 'paid', null],
  ['character_string3', 'HEAT-2026-0001', 'HEAT-2026-0001'],
  ['character_string3', '户号10010001', '10010001'],
  ['character_string3', 'A'.repeat(40), 'A'.repeat(32)],
  ['amount4', '¥1,234.56', '¥1234.56'],
  ['amount4', '100元', '100元'],
  ['amount4', '约一百元', null],
  ['date5', '2026-01-15', '2026-01-15'],
  ['date5', '2026年1月15日', '2026年1月15日'],
  ['date5', '2026-01-15 08:30:00.0', '2026-01-15 08:30:00'],
  ['date5', '明天', null],
  ['time6', '15:01', '15:01'],
  ['time6', '2026年1月15日 15:01~2026年1月15日 18:00', '2026年1月15日 15:01~2026年1月15日 18:00'],
  ['time6', '2026-01-15', null],
  ['number7', '12.5', '12.5'],
  ['number7', '12.5吨', null],
  ['name8', '张三', '张三'],
  ['name8', '阿卜杜热合曼买买提艾力江', '阿卜杜热合曼买买提艾'],
  ['phone_number9', '+86-0766-66888866', '+86-0766-66888866'],
  ['car_number10', '粤A8Z888挂', '粤A8Z888挂'],
  ['letter11', 'AB 12', 'AB'],
  ['symbol12', '%', '%'],
])('%s %s becomes %s', (key, text, fitted) => {
  expect(fitField(key, text)).toBe(fitted)
})

test('a message with a value that cannot fit names the field and sends nothing', () => {
  expect(fitFields({ thing1: '幸福小区', amount2: '很多' })).toEqual({ unfit: 'amount2' })
})

/** Pieces that people, systems and templates really put into values, put together at random (seeded). */
const PIECES = [
  '松海园',
  '41-6-404',
  ' ',
  '',
  '\n',
  '\u2028',
  '\u0007',
  '2026年11月29日',
  '2026-11-29',
  '08:00',
  '24:61',
  '2026-13-01',
  '2026-11/29',
  '2026.11',
  '~',
  '￥',
  '¥',
  '341.40',
  '-1',
  '元',
  '1e3',
  '🔥',
  '𠮷',
  'VIP',
  '已缴清',
  '+86-024-',
  '96123',
  '（',
  '）',
  '。',
  '辽A12345',
  '%',
  'a'.repeat(40),
  '停'.repeat(25),
  '０１２',
  '\t',
  '"',
  '<b>',
  '2026/11/29 08:00:00.000',
  '明天',
]
const TYPES = [
  'thing',
  'number',
  'letter',
  'symbol',
  'character_string',
  'time',
  'date',
  'amount',
  'phone_number',
  'car_number',
  'name',
  'phrase',
  'enum',
  'const',
  'site',
]

test('N05: whatever the facts are, a value that we send keeps the platform’s rule for its type', () => {
  let seed = 20_261_122
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 4_294_967_296) * below)
  }
  const broken: string[] = []
  const fitted = new Map<string, number>()
  for (let turn = 0; turn < 20_000; turn++) {
    const text = Array.from({ length: 1 + next(4) }, () => PIECES[next(PIECES.length)]).join('')
    const key = `${TYPES[turn % TYPES.length]}1`
    const value = fitField(key, text)
    if (value === null) continue
    fitted.set(key, (fitted.get(key) ?? 0) + 1)
    if (!isTemplateValue(key, value)) broken.push(`${key}: ${JSON.stringify(value)}`)
  }
  expect([...new Set(broken)].slice(0, 20)).toEqual([])
  // Every type was really tried.
  expect(fitted.size).toBe(TYPES.length)
})
