/** Runs checks one after the other, says how each went, and ends with the line that `npm test` reads. */
export class Report {
  private passed = 0
  private failed = 0

  /** Runs one check; a throw is a failure and the next check goes on. Gives whether it passed. */
  async check(name: string, work: () => Promise<void> | void): Promise<boolean> {
    const from = Date.now()
    try {
      await work()
    } catch (error) {
      this.failed++
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.stdout.write(`FAIL  ${name}\n${words.replace(/^/gm, '      ')}\n`)
      return false
    }
    this.passed++
    process.stdout.write(`ok    ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)\n`)
    return true
  }

  /** Prints `N passed, N failed` and gives the exit code. */
  end(): number {
    process.stdout.write(`${this.passed} passed, ${this.failed} failed\n`)
    return this.failed === 0 ? 0 : 1
  }
}

/** Throws with all the faults, one a line, when there are any. */
export function expectNone(what: string, faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`${what}:\n${[...new Set(faults)].join('\n')}`)
}

/** Throws `message` unless the condition holds. */
export function expectThat(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}
