import { monotonicMs } from './clock'
import { watchPressure } from './pressure'

const isCalm = (assertCalm: () => void): boolean => {
  try {
    assertCalm()
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'busy', retryAfterSeconds: 5 })
    return false
  }
}

test('reads that can wait are refused while turns of the event loop come late, and answered again afterwards', async () => {
  const strict = watchPressure(60)
  const patient = watchPressure(60_000)
  while (isCalm(strict.pressure.assertCalm)) {
    const until = monotonicMs() + 100
    while (monotonicMs() < until);
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(isCalm(patient.pressure.assertCalm)).toBe(true)
  while (!isCalm(strict.pressure.assertCalm)) await new Promise((resolve) => setTimeout(resolve, 20))
  strict.close()
  patient.close()
})
