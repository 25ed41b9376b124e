import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRulePacks } from './pack-files'

describe('the price lists that we ship', () => {
  test('are sound, and each says where it is from and when it was compared', () => {
    const { packs, faults } = readRulePacks()
    expect(faults).toEqual([])
    expect([...new Set(packs.map(({ city, kind }) => `${city} ${kind}`))].sort()).toEqual(
      [
        '全国 power',
        '北京 power',
        '北京 water',
        '太原 heating',
        '深圳 gas',
        '示例一（年阶梯） gas',
        '示例二（倍数） gas',
        '示范市 gas',
        '示范市 heating',
        '示范市 power',
        '示范市 water',
        '莱州 heating',
        '鞍山 heating',
      ].sort(),
    )
    for (const pack of packs)
      expect(pack).toMatchObject({
        source: expect.stringMatching(/./),
        checkedAt: expect.stringMatching(/^2026-11-/),
      })
  })

  test('the water of 北京 comes to the 5, 7 and 9 yuan that were published', () => {
    const pack = readRulePacks().packs.find(({ city, kind }) => city === '北京' && kind === 'water')
    const besides = (pack?.values.charges ?? []).map(({ name, price }) => [name, price])
    expect(besides).toEqual([
      ['水资源费', '1.57'],
      ['污水处理费', '1.36'],
    ])
    const steps = pack?.values.tiers?.steps ?? []
    expect(steps.map(({ upTo, price }) => [upTo, (Number(price) + 1.57 + 1.36).toFixed(2)])).toEqual([
      ['180', '5.00'],
      ['260', '7.00'],
      [null, '9.00'],
    ])
    expect(pack?.values.tiers).toMatchObject({ every: 'year', people: { above: 5, addPerPerson: '30' } })
  })

  test.each([
    [
      '北京',
      {
        tiers: {
          every: 'year',
          steps: [{ upTo: '2880' }, { upTo: '4800', above: '0.05' }, { above: '0.30' }],
        },
        lateFee: { perMilleDay: '1', min: '1.00' },
      },
    ],
    ['深圳', { estimate: { price: '3.5' } }],
    [
      '示例一（年阶梯）',
      {
        tiers: {
          every: 'year',
          start: '01-01',
          steps: [{ upTo: '400', price: '2.99' }, { upTo: '1680', price: '3.44' }, { price: '4.34' }],
        },
      },
    ],
    [
      '太原',
      {
        area: { resident: '3.6', other: '7.5', per: 'month' },
        lateFee: { perMilleDay: '0.5', from: '11-01' },
      },
    ],
    ['鞍山', { area: { resident: '26' } }],
    ['莱州', { area: { resident: '23', other: '35.2' } }],
  ])('%s says what our sources say', (city, values) => {
    expect(readRulePacks().packs.find((pack) => pack.city === city)?.values).toMatchObject(values)
  })
})

describe('a price list that is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-price-'))
  const write = (name: string, text: string): void => {
    mkdirSync(join(folder, 'mou'), { recursive: true })
    writeFileSync(join(folder, 'mou', name), text)
  }
  beforeEach(() => rmSync(join(folder, 'mou'), { recursive: true, force: true }))
  afterAll(() => rmSync(folder, { recursive: true }))

  const GOOD = `city: 某市
kind: gas
title: 居民燃气阶梯价格
unit: m³
validFrom: '2026-01-01'
validUntil: null
source: 某市发改价格〔2025〕1号
checkedAt: '2026-11-22'
values:
  tiers:
    every: month
    steps:
      - { upTo: '50', price: '3.41' }
      - { upTo: null, price: '3.92' }
`
  test('is none when nothing is wrong', () => {
    write('price-gas.yaml', GOOD)
    expect(readRulePacks(folder)).toMatchObject({ faults: [], packs: [{ city: '某市' }] })
  })

  test.each([
    ['a key nobody knows', `${GOOD}  discount: '0.1'\n`, '15: values.discount: '],
    ['a price that is a number', GOOD.replace("'3.41'", '3.41'), '13: values.tiers.steps.0.price: '],
    [
      'tiers that do not rise',
      GOOD.replace('{ upTo: null', "{ upTo: '40', price: '3.6' }\n      - { upTo: null"),
      '14: values.tiers.steps.1.upTo: tiers must rise: 40 is not above 50',
    ],
    [
      'a last tier with an end',
      GOOD.replace('upTo: null', "upTo: '90'"),
      '14: values.tiers.steps.1.upTo: the last tier has no end',
    ],
    [
      'prices of two sorts',
      GOOD.replace("price: '3.92'", "above: '0.5'"),
      '13: values.tiers.steps: all tiers say price',
    ],
    ['a tier without a price', GOOD.replace(", price: '3.92'", ''), '14: values.tiers.steps.1: has no price'],
    [
      'an end before its beginning',
      GOOD.replace('validUntil: null', "validUntil: '2025-12-31'"),
      '6: validUntil: ends before it begins',
    ],
    [
      'a charge that is named twice',
      `${GOOD}  charges:\n    - { name: 污水处理费, price: '1', words: 随水费代收 }\n    - { name: 污水处理费, price: '2', words: 随水费代收 }\n`,
      '16: values.charges: two have one name',
    ],
    ['no source', GOOD.replace(/source: .*\n/, ''), '1: source: '],
    ['YAML that is none', `${GOOD}  [`, '15: '],
    [
      'a day that not every year has',
      GOOD.replace('every: month', "every: year\n    start: '02-29'"),
      '12: values.tiers.start: ',
    ],
    [
      'a late fee above what is owed',
      `${GOOD}  lateFee: { perMilleDay: '1', from: after-due, capShare: '2' }\n`,
      '15: values.lateFee.capShare: ',
    ],
  ])('%s is named with file and line', (_, text, fault) => {
    write('price-gas.yaml', text)
    expect(readRulePacks(folder).faults[0]).toContain(`config/rules/mou/price-gas.yaml:${fault}`)
  })

  const spans = (firstEnds: string | null, secondBegins: string): readonly string[] => {
    const until = firstEnds === null ? 'null' : `'${firstEnds}'`
    write('price-gas-1.yaml', GOOD.replace('validUntil: null', `validUntil: ${until}`))
    write('price-gas-2.yaml', GOOD.replace("'2026-01-01'", `'${secondBegins}'`))
    return readRulePacks(folder).faults
  }
  test('two lists follow each other day by day', () => {
    expect(spans('2026-11-30', '2026-12-01')).toEqual([])
    expect(spans('2026-11-30', '2026-11-30')).toEqual([
      'config/rules/mou/price-gas-2.yaml:5: validFrom: overlaps with config/rules/mou/price-gas-1.yaml, which ends 2026-11-30',
    ])
    expect(spans(null, '2026-12-01')).toEqual([
      expect.stringContaining('price-gas-2.yaml:5: validFrom: overlaps'),
    ])
    expect(spans('2026-11-30', '2026-12-02')).toEqual([
      'config/rules/mou/price-gas-2.yaml:5: validFrom: leaves a gap after config/rules/mou/price-gas-1.yaml: nothing is valid on 2026-12-01',
    ])
  })

  test('a file that nobody would read is named', () => {
    write('gas.yaml', GOOD)
    expect(readRulePacks(folder).faults).toEqual([
      expect.stringContaining('config/rules/mou/gas.yaml:1: nobody reads'),
    ])
  })
})
