/** How many tests (or checks) a child ran. */
export interface Summary {
  readonly passed: number
  readonly failed: number
}

// Tools colour their words when they think that a person is looking.
// oxlint-disable-next-line no-control-regex -- the escape character is what a colour begins with.
const COLOURS = /\u001b\[[0-9;]*m/g

/**
 * Reads what a child says at its end: our own runners' last line `N passed, N failed`, or jest's `Tests:` and `Test
 * Suites:`. A suite that could not even be loaded counts as one failure, because its tests are in no count. Gives
 * null when the child says nothing of the kind: it died before its end.
 */
export function readSummary(output: string): Summary | null {
  const lines = output.replace(COLOURS, '').trimEnd().split('\n')
  const own = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1)?.trim() ?? '')
  if (own) return { passed: Number(own[1]), failed: Number(own[2]) }
  const tests = lines.findLast((line) => line.startsWith('Tests:'))
  if (tests === undefined) return null
  const suites = lines.findLast((line) => line.startsWith('Test Suites:')) ?? ''
  const failed = countOf('failed', tests)
  return {
    passed: countOf('passed', tests),
    failed: failed === 0 ? countOf('failed', suites) : failed,
  }
}

function countOf(word: string, line: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0)
}

/** A benchmark's last line is one JSON object with its name; it is one test, and its exit code says how it went. */
function isBenchLine(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'name' in value
  } catch {
    return false
  }
}

/** What a child counts for: its own summary, and one failure more when it ended badly without naming any. */
export function judge(output: string, code: number): Summary {
  const summary = readSummary(output)
  if (summary === null) {
    const well = code === 0 && isBenchLine(output.trimEnd().split('\n').at(-1) ?? '')
    return well ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  }
  return code !== 0 && summary.failed === 0 ? { ...summary, failed: 1 } : summary
}

/** Adds them up. */
export function total(summaries: readonly Summary[]): Summary {
  return {
    passed: summaries.reduce((sum, { passed }) => sum + passed, 0),
    failed: summaries.reduce((sum, { failed }) => sum + failed, 0),
  }
}
