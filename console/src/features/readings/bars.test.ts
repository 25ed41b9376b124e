import { barsOf } from './bars'

const period = (name: string, used: string, by = 'read') => ({ period: name, used, by })

test('the oldest period is at the left, the reported use behind them, an estimate is told apart', () => {
  const bars = barsOf([period('2026-10', '30', 'estimated'), period('2026-09', '15')], '60', '这一次')
  expect(bars.map(({ label, isGuess, isNow }) => [label, isGuess, isNow])).toEqual([
    ['2026-09', false, false],
    ['2026-10', true, false],
    ['这一次', false, true],
  ])
  expect(bars.map(({ height }) => height)).toEqual([10, 20, 40])
})

test('what is out of all proportion is cut, so that the others are still seen', () => {
  const bars = barsOf([period('2026-10', '25')], '30000', '这一次')
  expect(bars.map(({ height }) => height)).toEqual([10, 40])
})

test('an unknown use is no bar of nothing', () => {
  expect(barsOf([period('2026-10', '25')], null, '这一次')).toHaveLength(1)
  expect(barsOf([], null, '这一次')).toEqual([])
})
