import { z } from 'zod'
import type { ProofFile, RequestRow, WorkRecord } from '../requests'
import type { FieldOrder } from './schema'

/** What was done on an order so far, of this round only: evidence of earlier work does not count for later work. */

const reading = z.object({
  room: z.string(),
  tenths: z.number(),
  heightCm: z.number().nullable().default(null),
  windowsClosedSince: z.number().nullable().default(null),
})
const part = z.object({ name: z.string(), count: z.number(), priceFen: z.number() })

export interface WorkDone {
  readonly records: readonly WorkRecord[]
  readonly proofs: readonly ProofFile[]
}

type Round = Pick<RequestRow, 'id' | 'createdAt' | 'reopenedAt'>

export function readingsOf(request: Round, { records }: WorkDone): FieldOrder['readings'] {
  return recordsOf(request, records, 'reading').flatMap(({ at, facts }) => {
    const read = reading.safeParse(JSON.parse(facts))
    return read.success ? [{ at, ...read.data }] : []
  })
}

export function partsOf(request: Round, { records }: WorkDone): FieldOrder['parts'] {
  return recordsOf(request, records, 'part').flatMap(({ facts }) => {
    const read = part.safeParse(JSON.parse(facts))
    return read.success ? [read.data] : []
  })
}

function recordsOf(request: Round, records: readonly WorkRecord[], kind: WorkRecord['kind']): WorkRecord[] {
  const since = sinceOf(request)
  return records.filter((one) => one.requestId === request.id && one.kind === kind && one.at >= since)
}

/** What the type asks for and is not there yet. */
export function missingEvidence(
  request: Round,
  wanted: FieldOrder['evidence'],
  done: WorkDone,
): FieldOrder['missing'] {
  const since = sinceOf(request)
  const roles = new Set(
    done.proofs
      .filter(({ requestId, at }) => requestId === request.id && at >= since)
      .map(({ role }) => role),
  )
  return wanted.filter((kind) => {
    if (kind === 'reading') return readingsOf(request, done).length === 0
    return !roles.has(kind === 'after-photo' ? 'after' : 'signature')
  })
}

const sinceOf = (request: Round): number => request.reopenedAt ?? request.createdAt
