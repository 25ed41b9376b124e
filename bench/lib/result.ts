/** What every bench says at its end: ours beside the floor that was measured in the same run. */
export interface BenchResult {
  readonly name: string
  readonly ratio: number
  readonly ours: number
  readonly floor: number
  readonly unit: string
  readonly [extra: string]: unknown
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The middle value; the mean of the two middle ones when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
