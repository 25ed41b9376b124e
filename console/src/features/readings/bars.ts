interface Period {
  readonly period: string
  readonly used: string
  readonly by: string
}
export interface Bar {
  readonly label: string
  readonly used: string
  readonly isGuess: boolean
  readonly isNow: boolean
  /** In a picture 100 wide and 40 high. */
  readonly x: number
  readonly width: number
  readonly height: number
}

const WIDTH = 100
const HEIGHT = 40
const GAP = 0.3
/** One that is out of all proportion would leave nothing to be seen of the others. */
const MOST_OF_USUAL = 4

/** One bar a period, the oldest at the left, and the reported use behind them; nothing is drawn of a use we do not know. */
export function barsOf(newestFirst: readonly Period[], reported: string | null, thisOne: string): Bar[] {
  const known = newestFirst.toReversed().map(({ period, used, by }) => ({
    label: period,
    used,
    isGuess: by === 'estimated',
    isNow: false,
  }))
  const all =
    reported === null ? known : [...known, { label: thisOne, used: reported, isGuess: false, isNow: true }]
  const usual = Math.max(1, ...known.map(({ used }) => Number(used)))
  const most = Math.min(Math.max(1, ...all.map(({ used }) => Number(used))), usual * MOST_OF_USUAL)
  const step = WIDTH / Math.max(1, all.length)
  return all.map((bar, index) => ({
    ...bar,
    x: index * step,
    width: step * (1 - GAP),
    height: Math.min(1, Number(bar.used) / most) * HEIGHT,
  }))
}
