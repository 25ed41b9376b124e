import type { InvoiceRow, InvoiceState } from './entities'

/** Which moves an invoice may make. A refused one may be put again; what is cancelled stays so. */
const moves: Readonly<Record<InvoiceState, readonly InvoiceState[]>> = {
  issuing: ['issued', 'failed'],
  issued: ['cancelling'],
  failed: ['issuing'],
  cancelling: ['cancelled'],
  cancelled: [],
}

export function moved(row: InvoiceRow, to: InvoiceState): InvoiceRow {
  if (!moves[row.state].includes(to)) throw new Error(`An invoice cannot go from ${row.state} to ${to}.`)
  return { ...row, state: to }
}

/**
 * Ours at the tax platform: the same whenever the same thing is asked, another one after a refusal, because a refused
 * serial may carry other content there.
 */
export function serialOf(kind: 'issue' | 'red', row: Pick<InvoiceRow, 'id' | 'tries'>): string {
  return `${kind === 'issue' ? 'F' : 'R'}${row.id}-${row.tries}`
}
