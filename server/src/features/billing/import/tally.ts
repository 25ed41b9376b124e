import type { AcceptedRecord, Verdict } from './judge-record'
import type { RefusalReason } from './layouts/types'

/** What came of a file, as `npm run import -- --json` prints it. */
export interface ImportReport {
  readonly file: string
  /** Records without the header. */
  readonly rows: number
  readonly accepted: number
  readonly duplicates: number
  /** Reason → record numbers. */
  readonly rejected: Partial<Record<RefusalReason, number[]>>
  readonly warnings: { phone_invalid?: number[] }
  /** What the accepted records ask for in all. */
  readonly amountFen: number
  readonly households: number
}

export type Outcome =
  | { readonly kind: 'accepted'; readonly accepted: AcceptedRecord }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }

/**
 * Counts one file, and finds the records in it that say the same thing twice. Keeps one short text per accepted key:
 * some 150 bytes a record, so a million households cost about 150 MB while their file is read.
 */
export class Tally {
  readonly #amountsByKey = new Map<string, string>()
  readonly #households = new Set<string>()
  readonly #rejected: Partial<Record<RefusalReason, number[]>> = {}
  readonly #phoneInvalid: number[] = []
  #rows = 0
  #accepted = 0
  #duplicates = 0
  #refused = 0
  #amountFen = 0

  take(record: number, verdict: Verdict): Outcome {
    this.#rows += 1
    if ('reason' in verdict) return this.#refuse(record, verdict.reason)
    const { accepted } = verdict
    const key = `${accepted.accountNo}|${accepted.period}`
    const amounts = accepted.comparedFen.join(' ')
    const known = this.#amountsByKey.get(key)
    if (known !== undefined && known !== amounts) return this.#refuse(record, 'conflicting_duplicate')
    if (known !== undefined) {
      this.#duplicates += 1
      return { kind: 'duplicate' }
    }
    this.#amountsByKey.set(key, amounts)
    this.#households.add(accepted.accountNo)
    this.#accepted += 1
    this.#amountFen += accepted.owedFen
    if (accepted.phoneInvalid) this.#phoneInvalid.push(record)
    return { kind: 'accepted', accepted }
  }

  get progress(): { rows: number; accepted: number; refused: number; duplicates: number } {
    return {
      rows: this.#rows,
      accepted: this.#accepted,
      refused: this.#refused,
      duplicates: this.#duplicates,
    }
  }

  report(file: string): ImportReport {
    return {
      file,
      rows: this.#rows,
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      rejected: this.#rejected,
      warnings: this.#phoneInvalid.length === 0 ? {} : { phone_invalid: this.#phoneInvalid },
      amountFen: this.#amountFen,
      households: this.#households.size,
    }
  }

  #refuse(record: number, reason: RefusalReason): Outcome {
    const records = this.#rejected[reason] ?? []
    records.push(record)
    this.#rejected[reason] = records
    this.#refused += 1
    return { kind: 'refused', reason }
  }
}
