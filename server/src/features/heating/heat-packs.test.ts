import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heatRuleFaults, readHeatPacks } from './heat-packs'
import { heatRulesOf } from './heat-rules'

describe('the heating rules that we ship', () => {
  it('are all sound, and each says where it is from', () => {
    const { packs, faults } = readHeatPacks()
    expect(faults).toEqual([])
    expect(packs.map(({ city }) => city).sort()).toEqual(
      ['全国 山东 青岛 临沂 西安 泰安 滨州 菏泽 潍坊 洛阳 黑龙江 济南 鞍山 太原 示范市'.split(' ')]
        .flat()
        .sort(),
    )
    for (const pack of packs)
      expect(pack).toMatchObject({ source: expect.any(String), checkedAt: '2026-11-22' })
  })

  it('a city wins over its province, and the province over what holds everywhere', () => {
    const linyi = heatRulesOf({ city: '临沂', day: '2026-11-22' })
    expect(linyi.values).toMatchObject({ refundBy: '06-30', suspendFeePercent: 0, measureWithinHours: 24 })
    expect(linyi.from).toMatchObject({
      formula: { city: '临沂', source: '§32' },
      suspendFeePercent: { city: '山东' },
      measureWithinHours: { city: '全国' },
    })
    expect(heatRulesOf({ city: '洛阳', day: '2026-11-22' }).values).toMatchObject({ measureWithinHours: 12 })
  })

  it.each([
    ['青岛', { season: { from: '11-16', to: '04-05' }, otherRooms: [{ room: '厨房', standardTenths: 100 }] }],
    ['洛阳', { season: { from: '11-15', to: '03-15' }, stopRefundFromHours: 12, stopTellFromHours: 8 }],
    ['滨州', { measureDays: 3, measureSlots: 2, suspendBy: '10-15', refundBy: '05-31' }],
    ['菏泽', { suspendBy: '10-15', fillNoticeDays: 5 }],
    ['潍坊', { fillNoticeDays: 7 }],
    ['鞍山', { suspendDaysBefore: 20 }],
    ['太原', { suspendFeePercent: 30, suspendBy: '10-10' }],
    ['黑龙江', { standardTenths: 200, repairWithinHours: 48 }],
    ['济南', { passRate: { belowPercent: 99, seasons: 1, words: '室温合格率不低于99%' } }],
  ])('%s says what its rules say', (city, values) => {
    expect(heatRulesOf({ city, day: '2026-11-22' }).values).toMatchObject(values)
  })

  it('what nobody says is absent', () => {
    expect(heatRulesOf({ city: '临沂', day: '2026-11-22' }).values.season).toBeUndefined()
    expect(heatRulesOf({ city: '西安', day: '2026-11-22' }).values.suspendFeePercent).toBeUndefined()
    expect(heatRulesOf({ city: '济南', day: '2026-11-22' }).values.bands).toBeUndefined()
  })
})

describe('a pack that is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-heat-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const GOOD = `city: 某市
within: null
kind: heating
validFrom: '2020-01-01'
validUntil: null
source: 某市供热条例
checkedAt: '2026-11-22'
values:
  measureWithinHours: 24
`
  const faultsOf = (text: string): readonly string[] => {
    mkdirSync(join(folder, 'mou'), { recursive: true })
    writeFileSync(join(folder, 'mou', 'heat.yaml'), text)
    return readHeatPacks(folder).faults
  }

  it('is read when nothing is wrong', () => {
    expect(faultsOf(GOOD)).toEqual([])
  })

  it.each([
    [
      'a value out of its range',
      GOOD.replace('24', '0'),
      'config/rules/mou/heat.yaml:9: values.measureWithinHours',
    ],
    ['a key that nobody knows', `${GOOD}  windowOpen: 3\n`, 'config/rules/mou/heat.yaml:10: values: '],
    ['YAML that is none', `${GOOD}  [`, 'config/rules/mou/heat.yaml:10: '],
    [
      'bands from cold to mild',
      `${GOOD}  bands:\n    - { belowTenths: 140, percent: 100 }\n    - { belowTenths: 180, percent: 20 }\n`,
      'config/rules/mou/heat.yaml:11: values.bands: must go from mild to cold',
    ],
    ['a province that has no file', GOOD.replace('within: null', 'within: 某省'), '某市 is within 某省'],
  ])('%s is named with its file and line', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([expect.stringContaining(fault)])
  })

  it('one city is not said twice', () => {
    faultsOf(GOOD)
    mkdirSync(join(folder, 'other'), { recursive: true })
    writeFileSync(join(folder, 'other', 'heat.yaml'), GOOD)
    expect(readHeatPacks(folder).faults).toEqual([expect.stringContaining('says the same as')])
    rmSync(join(folder, 'other'), { recursive: true })
  })

  it('a company in a city without rules keeps the portal from starting', () => {
    const config = {
      companies: [{ id: 'heating', kind: 'heating' }],
      heating: { companies: { heating: { city: '无此市' }, gas: { city: '临沂' } } },
    }
    expect(heatRuleFaults(config)).toEqual([
      'heating.companies.heating.city: config/rules has no heat.yaml for 无此市',
      'heating.companies.gas: there is no such heating company',
    ])
  })
})
