import { createClock } from './clock'

const START = 1_000_000

describe("the sandbox's clock", () => {
  it('stands still at speed 0 and moves only by hand', async () => {
    const clock = createClock(START, 0, () => undefined)
    expect(clock.now()).toBe(START)
    await clock.advance(5_000)
    expect(clock.now()).toBe(START + 5_000)
    clock.stop()
  })

  it('fires timers in order at their own time, also those set on the way, and waits for each', async () => {
    const clock = createClock(START, 0, () => undefined)
    const seen: [string, number][] = []
    clock.after(3_000, 'later', () => void seen.push(['later', clock.now()]))
    clock.after(1_000, 'first', async () => {
      await Promise.resolve()
      seen.push(['first', clock.now()])
      clock.after(1_000, 'nested', () => void seen.push(['nested', clock.now()]))
    })
    const cancel = clock.after(2_500, 'cancelled', () => void seen.push(['cancelled', clock.now()]))
    cancel()
    clock.after(10_000, 'not yet', () => void seen.push(['not yet', clock.now()]))
    await clock.advance(5_000)
    expect(seen).toEqual([
      ['first', START + 1_000],
      ['nested', START + 2_000],
      ['later', START + 3_000],
    ])
    expect(clock.pending()).toEqual([{ label: 'not yet', dueMs: START + 10_000 }])
    clock.stop()
  })

  it('fires by itself as real time times speed goes by', async () => {
    const clock = createClock(START, 100_000, () => undefined)
    const firedAt = await new Promise<number>((resolve) => {
      clock.after(60_000, 'minute', () => resolve(clock.now()))
    })
    expect(firedAt).toBeGreaterThanOrEqual(START + 60_000)
    clock.stop()
  })

  it('reports a failing timer and fires the next', async () => {
    const failures: string[] = []
    const clock = createClock(START, 0, (label) => failures.push(label))
    let fired = false
    clock.after(1, 'broken', () => {
      throw new Error('broken')
    })
    clock.after(2, 'whole', () => {
      fired = true
    })
    await clock.advance(10)
    expect([failures, fired]).toEqual([['broken'], true])
    clock.stop()
  })

  it("stamps with the machine's time until it is told otherwise", () => {
    const clock = createClock(START, 0, () => undefined)
    expect(Math.abs(clock.stamp() - Date.now())).toBeLessThan(1_000)
    clock.stampBy('virtual')
    expect(clock.stamp()).toBe(START)
    clock.stop()
  })
})
