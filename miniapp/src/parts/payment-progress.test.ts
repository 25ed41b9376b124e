import { asksPlatform, nextGapMs, resultView } from './payment-progress'

describe('the result page', () => {
  test('does not believe the wallet that says it was paid', () =>
    expect(resultView('waiting', 'ok', true, 1_000)).toBe('confirming'))
  test('lets a resident whose wallet said ok leave after a while, without calling it unpaid', () =>
    expect(resultView('waiting', 'ok', true, 60_000)).toBe('slow'))
  test('does not believe a cancelled wallet before the platform was asked', () =>
    expect(resultView('waiting', 'cancelled', false, 100)).toBe('confirming'))
  test('lets a resident leave when the platform could not be asked for a while', () =>
    expect(resultView('waiting', 'cancelled', false, 60_000)).toBe('slow'))
  test('offers to go on once the platform knows of no payment', () =>
    expect(resultView('waiting', 'cancelled', true, 100)).toBe('unpaid'))
  test('offers to go on when the wallet left no word for a while', () =>
    expect(resultView('waiting', 'left', true, 60_000)).toBe('unpaid'))
  test('stays with confirming while our own order is not complete', () =>
    expect(resultView('preparing', 'cancelled', true, 100)).toBe('confirming'))
  test.each(['paid', 'closed', 'refunding', 'refunded', 'credited'] as const)(
    '%s is shown whatever the wallet said',
    (state) => expect(resultView(state, 'cancelled', false, 0)).toBe(state),
  )
})

test('asks within a second, asks the platform first, and comes to an end', () => {
  expect(nextGapMs(0)).toBeLessThanOrEqual(1_000)
  expect(asksPlatform(0)).toBe(true)
  expect(nextGapMs(99)).toBeNull()
})
