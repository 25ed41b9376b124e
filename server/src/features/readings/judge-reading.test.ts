import { shanghaiDay, shanghaiDayStart, DAY_MS } from '../../core/clock'
import { judgeReading, type KnownRead, type MeterLimits } from './judge-reading'

const limits: MeterLimits = { integerDigits: 5, mostPerDay: 10, smallUnits: 5 }
const real = (day: string, value: number): KnownRead => ({ day, value, real: true })
const guess = (day: string, value: number): KnownRead => ({ day, value, real: false })
/** Thirty units a month, since spring. */
const steady = [
  real('2026-05-17', 2886),
  real('2026-06-17', 2916),
  real('2026-07-17', 2946),
  real('2026-08-17', 2976),
  real('2026-09-17', 3006),
  real('2026-10-17', 3036),
]

test.each([
  ['as much as every month', 3066, [], false],
  ['nothing at all', 3036, ['zero'], true],
  ['a unit less than the last time', 3035, ['backwards'], true],
  ['a digit too many', 30_660, ['high'], true],
  ['three months at once', 3136, ['high'], true],
  ['half of the usual', 3051, [], false],
  ['twice the usual', 3096, [], false],
])('%s', (_what, value, findings, isDoubtful) => {
  const judged = judgeReading({ day: '2026-11-17', value }, steady, limits)
  expect({ findings: judged.findings, isDoubtful: judged.isDoubtful }).toEqual({ findings, isDoubtful })
})

test('the range that is no surprise comes with the judgement, for these days', () => {
  const judged = judgeReading({ day: '2026-11-17', value: 3066 }, steady, limits)
  expect(judged).toMatchObject({ used: 30, days: 31, usual: { from: 4, to: 85 } })
})

test('the same weeks of last year tell a winter from the autumn before it', () => {
  const winters = [
    real('2025-10-17', 2000),
    real('2025-11-17', 2030),
    real('2025-12-17', 2180),
    real('2026-03-17', 2560),
    real('2026-07-17', 2680),
    real('2026-10-17', 2770),
    real('2026-11-17', 2800),
  ]
  const inWinter = judgeReading({ day: '2026-12-17', value: 2950 }, winters, limits)
  expect(inWinter.findings).toEqual([])
  const withoutLastYear = judgeReading({ day: '2026-12-17', value: 2950 }, winters.slice(4), limits)
  expect(withoutLastYear.findings).toEqual(['high'])
})

test('a counter that went round 99999 → 00000 is known as one, and a plain mistake is not', () => {
  const atTheEnd = steady.map((read) => ({ ...read, value: read.value + 96_950 }))
  expect(atTheEnd.at(-1)?.value).toBe(99_986)
  expect(judgeReading({ day: '2026-11-17', value: 16 }, atTheEnd, limits)).toMatchObject({
    findings: ['rollover'],
    used: 30,
    isDoubtful: false,
  })
  expect(judgeReading({ day: '2026-11-17', value: 9_000 }, atTheEnd, limits).findings).toEqual(['backwards'])
  expect(judgeReading({ day: '2026-11-17', value: 16 }, steady, limits).findings).toEqual(['backwards'])
})

test('an estimate is nothing to compare with, and less than it is said and held up by nobody', () => {
  const judged = judgeReading(
    { day: '2026-11-17', value: 3060 },
    [...steady, guess('2026-11-10', 3080)],
    limits,
  )
  expect(judged).toMatchObject({ findings: ['below_estimate'], used: 24, isDoubtful: false })
})

test('a meter of which little is known is said to be so, and only what no home can use is doubted', () => {
  const thin = [real('2026-10-17', 3036)]
  expect(judgeReading({ day: '2026-11-17', value: 3200 }, thin, limits)).toMatchObject({
    findings: ['thin'],
    isDoubtful: false,
    usual: null,
  })
  expect(judgeReading({ day: '2026-11-17', value: 3400 }, thin, limits).findings).toEqual(['thin', 'high'])
  expect(judgeReading({ day: '2026-11-17', value: 3400 }, [], limits)).toMatchObject({
    findings: ['thin'],
    used: null,
  })
})

test('a home that was empty before may be empty again', () => {
  const empty = steady.map((read) => ({ ...read, value: 3036 }))
  expect(judgeReading({ day: '2026-11-17', value: 3036 }, empty, limits).isDoubtful).toBe(false)
})

/** A small generator whose numbers depend on the seed alone (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface World {
  readonly history: KnownRead[]
  /** What the counter shows on the day. */
  readonly truth: number
  readonly day: string
  readonly usedPerMonth: number
}

/** A home with its own use, seasons and moods: up to two years of reads, some of them estimates, some missing. */
function inventHome(random: () => number): World {
  const perDay = 0.25 * Math.exp(random() * 2.3)
  const season = random() < 0.5 ? 0.9 * random() : 0
  const months = 4 + Math.floor(random() * 21)
  const end = shanghaiDayStart('2026-11-17')
  // One home in twenty has a counter close to its end.
  let counter = random() < 0.05 ? 99_999 - perDay * 30 * months * random() : random() * 60_000
  const history: KnownRead[] = []
  let truth = Math.floor(counter)
  for (let month = months; month >= 0; month--) {
    const at = end - month * 30.4 * DAY_MS
    const wave = 1 + season * Math.cos(((new Date(at).getUTCMonth() - 0.5) / 12) * 2 * Math.PI)
    const mood = 0.7 + 0.6 * random()
    const used = perDay * wave * mood * 30.4
    counter += month === months ? 0 : used
    truth = Math.floor(counter) % 100_000
    if (month === 0) return { history, truth, day: '2026-11-17', usedPerMonth: used }
    const kind = random()
    // The first one, and the one that a report is compared with, were read.
    if (kind < 0.08 && month !== months && month !== 1) continue
    if (kind < 0.25 && month !== months && month !== 1) {
      history.push(guess(shanghaiDay(at), Math.floor(truth * (1 + (random() - 0.5) * 0.002))))
      continue
    }
    history.push(real(shanghaiDay(at), truth))
  }
  throw new Error('the last month is the day itself')
}

/** What people get wrong before a meter; null where this mistake would change nothing worth a look. */
function mistake({ truth, history, usedPerMonth }: World, random: () => number): number | null {
  const digits = String(truth).padStart(5, '0')
  const last = history.at(-1)?.value ?? 0
  const made = [
    (): number => Math.floor(random() * 100_000),
    (): number => Number(digits.slice(0, 4)),
    (): number => {
      const at = Math.floor(random() * 3)
      return Number(`${digits.slice(0, at)}${digits[at + 1] ?? ''}${digits[at] ?? ''}${digits.slice(at + 2)}`)
    },
    (): number => truth - Math.ceil(usedPerMonth) - Math.ceil(random() * 500) - 1,
    (): number => last,
  ][Math.floor(random() * 5)]?.()
  if (made === undefined || made < 0 || made > 99_999) return null
  const off = Math.abs(made - truth)
  // Two months of use beside the truth a person would let pass, too.
  return off < Math.max(12, 2 * usedPerMonth) && made !== last ? null : made
}

test('10,000 generated homes: right readings pass, wrong ones are seen', () => {
  const seed = Number(process.env['YIHU_TEST_SEED'] ?? 20_261_122)
  const random = randomOf(seed)
  const homes = 10_000
  let alarms = 0
  let wrong = 0
  let missed = 0
  for (let home = 0; home < homes; home++) {
    const world = inventHome(random)
    if (judgeReading({ day: world.day, value: world.truth }, world.history, limits).isDoubtful) alarms += 1
    const value = mistake(world, random)
    if (value === null || value === world.truth) continue
    // A home that uses next to nothing cannot be told from an empty one.
    if (value === world.history.at(-1)?.value && world.usedPerMonth < 12) continue
    wrong += 1
    if (!judgeReading({ day: world.day, value }, world.history, limits).isDoubtful) missed += 1
  }
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)}%`
  process.stdout.write(
    `readings: seed ${seed}, ${homes} homes: false alarms ${alarms} (${percent(alarms, homes)}), ` +
      `missed ${missed} of ${wrong} wrong ones (${percent(missed, wrong)})\n`,
  )
  expect(wrong).toBeGreaterThan(3_000)
  expect(alarms / homes).toBeLessThan(0.005)
  expect(missed / wrong).toBeLessThan(0.002)
})
