import { parseShanghaiDateTime } from '../../core/clock'
import { calendarNamed } from './calendar-files'
import { areaClassOf, limitMinutes, limitWords, promiseWords, serviceTypeOf } from './promise'
import { type CatalogueBody, catalogueBody, type ClockRule } from './schema'

const at = (text: string): number => parseShanghaiDateTime(`${text}:00`)

const rule: ClockRule = {
  kind: 'arrive',
  minutes: { city: 45, rural: 90, remote: 120 },
  atPriority: { '1': { city: 30 } },
  calendar: 'always',
  startsAt: 'submitted',
  metBy: 'on-site',
  warnAt: 0.7,
  source: '十项承诺',
}

const body: CatalogueBody = catalogueBody.parse({
  types: [
    {
      id: 'other',
      class: 'other',
      name: '其他',
      hint: '',
      household: 'none',
      photo: 'none',
      place: 'none',
      appointment: 'none',
      priority: 3,
      clocks: [],
    },
  ],
  areaClasses: { 望城区: 'rural', '望城区/湘江路': 'remote', 松海园: 'remote' },
})

describe('limitMinutes', () => {
  test('goes by where the place is', () => {
    expect((['city', 'rural', 'remote'] as const).map((area) => limitMinutes(rule, area, 3))).toEqual([
      45, 90, 120,
    ])
  })

  test('an area without a limit of its own has the town’s', () => {
    expect(limitMinutes({ ...rule, minutes: { city: 60 } }, 'remote', 3)).toBe(60)
  })

  test('an urgent request has the shorter limit, the next one only where it has one itself', () => {
    expect(limitMinutes(rule, 'city', 1)).toBe(30)
    expect(limitMinutes(rule, 'city', 2)).toBe(45)
    const both = { ...rule, atPriority: { '2': { city: 40 } } }
    expect([1, 2, 3].map((priority) => limitMinutes(both, 'city', priority))).toEqual([40, 40, 45])
  })
})

describe('areaClassOf', () => {
  test.each([
    ['岳麓区/湘江路/1幢', 'city'],
    ['望城区/芙蓉路/3幢', 'rural'],
    ['望城区/湘江路/3幢', 'remote'],
    ['某区/松海园/41号楼/6单元', 'remote'],
    ['', 'city'],
  ])('the most exact name decides: %s is %s', (place, expected) => {
    expect(areaClassOf(body, place)).toBe(expected)
  })
})

describe('promiseWords', () => {
  test.each([
    ['today needs no date', '2026-11-22 15:40', '2026-11-22 10:00', '最迟 15:40 前到达'],
    ['tomorrow is said', '2026-11-23 09:05', '2026-11-22 23:59', '最迟明天 09:05 前到达'],
    [
      'midnight belongs to the day that begins',
      '2026-11-23 00:00',
      '2026-11-22 23:00',
      '最迟明天 00:00 前到达',
    ],
    ['a later day has its date', '2026-11-27 17:30', '2026-11-22 10:00', '最迟11月27日 17:30 前到达'],
    ['another year has its year', '2027-01-04 09:00', '2026-12-31 17:00', '最迟2027年1月4日 09:00 前到达'],
  ])('%s', (_, dueAt, now, words) => {
    expect(promiseWords('arrive', at(dueAt), at(now))).toBe(words)
  })

  test('the day is always said where the reader may look on another day', () => {
    expect(promiseWords('reply', at('2026-11-22 15:40'))).toBe('最迟11月22日 15:40 前答复')
  })
})

describe('limitWords', () => {
  test.each([
    ['arrive', 45, 'always', '45 分钟内到达'],
    ['restore', 1440, 'always', '24 小时内修好'],
    ['reply', 2250, 'office', '5 个工作日内答复'],
    ['arrive', 120, 'service', '服务时间 2 小时内到达'],
    ['accept', 30, 'office', '服务时间 30 分钟内受理'],
  ] as const)('%s %i minutes of %s reads %s', (kind, minutes, calendar, words) => {
    expect(limitWords({ ...rule, kind }, minutes, calendarNamed(null, calendar))).toBe(words)
  })
})

test('serviceTypeOf finds a type by its id and answers null for one this version does not have', () => {
  expect(serviceTypeOf(body, 'other')?.name).toBe('其他')
  expect(serviceTypeOf(body, 'gone')).toBeNull()
})
