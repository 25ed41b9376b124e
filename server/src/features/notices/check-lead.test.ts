import { parseShanghaiDateTime } from '../../core/clock'
import { checkLead, type PlannedStop } from './check-lead'
import { leadRuleFaults, packFor, readRulePacks, type RulePack } from './lead-rules'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const at = (text: string): number => parseShanghaiDateTime(`${text}:00`)
const TOLD = at('2026-11-22 10:00')

const stop = (from: string, to: string | null, over: Partial<PlannedStop> = {}): PlannedStop => ({
  kind: 'planned',
  startsAt: at(from),
  endsAt: to === null ? null : at(to),
  cutsSupply: true,
  ...over,
})
const pack = (kind: RulePack['kind'], city: string | null = null): RulePack => {
  const found = packFor({ kind, city, at: TOLD })
  if (!found) throw new Error(`no rules for ${kind}`)
  return found
}

test.each<[RulePack['kind'], string, string, string | null]>([
  ['power', '2026-11-29 10:00', '2026-11-29 18:00', null],
  [
    'power',
    '2026-11-29 09:59',
    '2026-11-29 18:00',
    '计划停电要提前7天通知（电力供应与使用条例 第二十八条），现在只提前6天。',
  ],
  ['gas', '2026-11-24 10:00', '2026-11-24 12:00', null],
  [
    'gas',
    '2026-11-24 09:00',
    '2026-11-24 12:00',
    '计划停气、降压要提前48小时通知（城镇燃气管理条例 第二十条），现在只提前47小时。',
  ],
  ['water', '2026-11-23 10:00', '2026-11-23 20:00', null],
  [
    'water',
    '2026-11-22 10:30',
    '2026-11-22 20:00',
    '计划停水要提前24小时通知（城市供水条例 第二十二条），现在只提前不到1小时。',
  ],
  // Short stops of heating have no lead time; those over a day do.
  ['heating', '2026-11-22 12:00', '2026-11-23 12:00', null],
  [
    'heating',
    '2026-11-23 12:00',
    '2026-11-24 12:01',
    '停暖超过24小时要提前2天通知（各地供热管理条例的通行规定），现在只提前26小时。',
  ],
  [
    'heating',
    '2026-11-22 09:00',
    '2026-11-24 12:00',
    '停暖超过24小时要提前2天通知（各地供热管理条例的通行规定），现在已经开始。',
  ],
])('%s from %s to %s: %s', (kind, from, to, rule) => {
  const verdict = checkLead(pack(kind), stop(from, to), TOLD)
  expect(verdict.rule).toBe(rule)
  expect(verdict.broken).toBe(rule !== null)
})

test('a city with rules of its own has those, its hours of work included', () => {
  const zhengzhou = pack('gas', '郑州')
  expect(pack('gas', '没有自己规定的城市').city).toBe('全国')
  const night = stop('2026-11-23 20:00', '2026-11-24 07:00')
  expect(checkLead(zhengzhou, night, TOLD).broken).toBe(false)
  expect(checkLead(pack('gas'), night, TOLD).broken).toBe(true)
  for (const [from, to] of [
    ['2026-11-23 19:59', '2026-11-24 06:00'],
    ['2026-11-24 01:00', '2026-11-24 07:01'],
    ['2026-11-24 08:00', '2026-11-24 10:00'],
  ] as const)
    expect(checkLead(zhengzhou, stop(from, to), TOLD).rule).toContain('停气施工只能在20:00到次日07:00')
  expect(checkLead(zhengzhou, stop('2026-11-24 00:30', '2026-11-24 05:00'), TOLD).broken).toBe(false)
  expect(checkLead(zhengzhou, stop('2026-11-24 00:30', null), TOLD).broken).toBe(true)
})

test('an emergency and an announcement have no lead time, nor has a company without rules', () => {
  const now = stop('2026-11-22 10:00', '2026-11-25 10:00')
  expect(checkLead(pack('power'), { ...now, kind: 'emergency' }, TOLD).broken).toBe(false)
  expect(checkLead(pack('power'), { ...now, kind: 'general', cutsSupply: false }, TOLD).broken).toBe(false)
  expect(checkLead(null, now, TOLD).broken).toBe(false)
})

test('of two versions of a rule the newer one holds from its day on', () => {
  const before = { ...pack('power'), validFrom: '2000-01-01' }
  const after = { ...before, validFrom: '2026-12-01', values: { ...before.values, leadHours: 240 } }
  const hours = (day: string): number | undefined =>
    packFor({ kind: 'power', city: null, at: at(`${day} 10:00`) }, [after, before])?.values.leadHours
  expect([hours('2026-11-30'), hours('2026-12-01')]).toEqual([168, 240])
})

test('the rules that are shipped are right, and a wrong file or city is named before the portal starts', () => {
  const companies = [{ id: 'gas', kind: 'gas' }] as const
  expect(leadRuleFaults({ companies, notices: { cities: { gas: '郑州' } } })).toEqual([])
  expect(leadRuleFaults({ companies, notices: { cities: { gas: '火星', power: '郑州' } } })).toEqual([
    'notices.cities.gas: config/notices has no file for 火星 and gas',
    'notices.cities.power: there is no such company',
  ])
  const folder = mkdtempSync(join(tmpdir(), 'yihu-lead-'))
  writeFileSync(join(folder, 'a.yaml'), 'city: 全国\nkind: steam\n')
  const { faults } = readRulePacks(folder)
  expect(faults.length).toBeGreaterThan(3)
  expect(faults.every((fault) => fault.startsWith('config/notices/a.yaml: '))).toBe(true)
})
