import { type CandidateFacts, reasonOfCandidate, scoreCandidate } from './score-candidate'

const near: CandidateFacts = {
  presence: 'online',
  hasSkill: true,
  inArea: true,
  openOrders: 0,
  distanceM: 500,
}
const better = (a: Partial<CandidateFacts>, b: Partial<CandidateFacts>): boolean =>
  scoreCandidate({ ...near, ...a }) > scoreCandidate({ ...near, ...b })

test('whoever is online goes before whoever is not, however near the other is', () => {
  expect(better({ distanceM: 9000, openOrders: 1 }, { presence: 'away', distanceM: 0 })).toBe(true)
  expect(better({ presence: 'away' }, { presence: 'offline' })).toBe(true)
})

test('a worker who can do it goes before one who cannot, even from another area', () => {
  expect(better({ inArea: false, distanceM: 9000 }, { hasSkill: false, distanceM: 0 })).toBe(true)
})

test('work that asks for no skill holds it against nobody', () => {
  expect(scoreCandidate({ ...near, hasSkill: null })).toBe(scoreCandidate(near))
})

test('among equals the nearer goes, and the one with fewer orders', () => {
  expect(better({ distanceM: 500 }, { distanceM: 3000 })).toBe(true)
  expect(better({ openOrders: 1 }, { openOrders: 2 })).toBe(true)
  expect(better({ distanceM: 3000 }, { openOrders: 1 })).toBe(true)
})

test('an unknown place counts as neither near nor far', () => {
  expect(better({ distanceM: 500 }, { distanceM: null })).toBe(true)
  expect(better({ distanceM: null }, { distanceM: 10_000 })).toBe(true)
})

test('the score stays between nothing and a hundred', () => {
  expect(scoreCandidate({ ...near, distanceM: 0 })).toBe(100)
  const worst = {
    presence: 'offline',
    hasSkill: false,
    inArea: false,
    openOrders: 50,
    distanceM: null,
  } as const
  expect(scoreCandidate(worst)).toBe(0)
})

test('the reason is said in words', () => {
  const errand = { typeName: '阀门漏水', areaName: '松海园' }
  expect(reasonOfCandidate({ ...near, openOrders: 2, distanceM: 1230 }, errand)).toBe(
    '在线 · 会处理阀门漏水 · 负责松海园 · 手上2单 · 约1.2公里',
  )
  expect(
    reasonOfCandidate(
      { presence: 'offline', hasSkill: false, inArea: false, openOrders: 0, distanceM: null },
      errand,
    ),
  ).toBe('不在线 · 没有这项技能 · 不负责松海园 · 手上没有单')
  expect(reasonOfCandidate({ ...near, hasSkill: null }, { typeName: '咨询', areaName: null })).toBe(
    '在线 · 手上没有单 · 约500米',
  )
})
