import { isTemplateValue } from './template-fields'

const GOOD: [string, string[]][] = [
  ['thing1', ['幸福小区1-2-301', '一'.repeat(20), '😀'.repeat(20), 'a b']],
  ['number1', ['12.5', '0', '1'.repeat(32)]],
  ['letter1', ['ABC']],
  ['symbol1', ['%', '%%%%%']],
  ['character_string1', ['HEAT-2026-0001', 'a'.repeat(32)]],
  ['time1', ['2026年1月15日 15:01', '15:01', '15:01:59', '2026-01-15 15:01~2026-01-15 18:00']],
  [
    'date3',
    [
      '2026-01-15',
      '2026年1月15日',
      '2026/1/15',
      '2018-01',
      '01-01',
      '2026-01-15 10:00',
      '2026-01-15~2026-01-16',
    ],
  ],
  ['amount2', ['￥100.00', '100元', '¥1234567890.12', '0.01']],
  ['phone_number1', ['+86-0766-66888866', '13800138000']],
  ['car_number1', ['粤A8Z888挂', '粤A12345']],
  ['name1', ['张三', '张'.repeat(10), 'Zhang San']],
  ['phrase1', ['配送中', '已完成缴费']],
  ['enum1', ['已缴']],
]

const BAD: [string, unknown[]][] = [
  ['thing1', ['一'.repeat(21), '', ' ', '一\n二', '一\u0007', 5, null]],
  ['number1', ['12.5元', '1'.repeat(33), '1e3']],
  ['letter1', ['AB1', 'A'.repeat(33)]],
  ['symbol1', ['%%%%%%', 'a', '热']],
  ['character_string1', ['户号1', 'a'.repeat(33)]],
  ['time1', ['25:00', '15:60', '10:00:00.0', '明天', '10:00~11:00~12:00']],
  ['date3', ['2026-13-01', '2026-01-32', '2026-01-15 10:00:00.0', '20260115', '2026-01/15']],
  ['amount2', ['12345678901元', '1,000.00', '￥￥1', '一百元', '-1']],
  ['phone_number1', ['1'.repeat(18), '手机']],
  ['car_number1', ['粤A123456789', 'A粤1']],
  ['name1', ['张'.repeat(11), 'a'.repeat(21)]],
  ['phrase1', ['VIP', '六个汉字以上吗', '已缴1']],
]

describe('the field rules of subscribe messages (wechat.md 3.3)', () => {
  it.each(GOOD)('%s takes what the table allows', (key, values) => {
    for (const value of values) expect([value, isTemplateValue(key, value)]).toEqual([value, true])
  })

  it.each(BAD)('%s refuses what breaks its rule', (key, values) => {
    for (const value of values) expect([value, isTemplateValue(key, value)]).toEqual([value, false])
  })
})
