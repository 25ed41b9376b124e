import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { chargesOf } from '../billing'
import { type FileRow, filesByIds, presentFile } from '../files'
import {
  answersInWords,
  type ClockRow,
  clocksOf,
  contactOf,
  filesOf,
  presentClocks,
  proofFiles,
  type RequestFileRow,
  type RequestRow,
  typeOfRequest,
  WORDS_HIDDEN,
  type WorkNote,
  workNotes,
  workRecords,
} from '../requests'
import { type OrderPlace, placesOfOrders } from './order-places'
import type { FieldOrder } from './schema'
import { distanceM, type Place } from './straight-line'
import { missingEvidence, partsOf, readingsOf, type WorkDone } from './work-done'

type ServiceType = Awaited<ReturnType<typeof typeOfRequest>>

const NOTES_SHOWN = 20

/** What belongs to an order, read for all orders at once. */
interface Belongings {
  readonly clocks: ReadonlyMap<string, readonly ClockRow[]>
  readonly attached: ReadonlyMap<string, readonly RequestFileRow[]>
  readonly files: ReadonlyMap<string, FileRow>
  readonly visits: ReadonlyMap<string, NonNullable<FieldOrder['appointment']>>
  readonly notes: readonly WorkNote[]
  readonly places: ReadonlyMap<string, OrderPlace>
  readonly done: WorkDone
  readonly charges: Awaited<ReturnType<typeof chargesOf>>
}

/**
 * Orders with all that is needed where there is no network, in the order given. Name, phone and whole address are
 * opened for the worker whose order it is and for nobody else; an order of the pool shows what it is and about where.
 */
export async function presentOrders(
  ctx: Ctx,
  rows: readonly RequestRow[],
  how: { readonly from: Place | null },
): Promise<FieldOrder[]> {
  const { reader } = ctx.db
  const ids = rows.map(({ id }) => id)
  const [clocks, attached, visits, notes, places, records, proofs, charges] = await Promise.all([
    clocksOf(reader, ids),
    filesOf(reader, ids),
    appointmentOf(ctx, ids),
    workNotes(reader, ids),
    placesOfOrders(ctx, rows),
    workRecords(reader, ids),
    proofFiles(reader, ids),
    chargesOf(reader, ids),
  ])
  const fileIds = [...attached.values()].flatMap((list) => list.map(({ fileId }) => fileId))
  const files = await filesByIds(reader, fileIds)
  const done = { records, proofs }
  const belongings: Belongings = { clocks, attached, files, visits, notes, places, done, charges }
  const shown: FieldOrder[] = []
  // One after the other: a catalogue is kept in the process once it was read, so a type is no query per order.
  for (const row of rows) {
    shown.push(present(ctx, row, await typeOfRequest(ctx, row), { ...how, belongings }))
  }
  return shown
}

function present(
  ctx: Ctx,
  row: RequestRow,
  type: ServiceType,
  { from, belongings }: { from: Place | null; belongings: Belongings },
): FieldOrder {
  const place = belongings.places.get(row.id) ?? null
  return {
    requestId: row.id,
    number: row.number,
    version: row.version,
    companyId: row.companyId,
    typeName: type.name,
    priority: row.priority,
    state: row.state,
    words: row.wordsHidden === 1 ? WORDS_HIDDEN : row.words,
    answers: answersInWords(type, row.answers),
    ...peopleOf(ctx, row),
    place: place && { latE6: place.latE6, lngE6: place.lngE6 },
    files: filesOfOrder(ctx, row, belongings),
    clocks: presentClocks(ctx, row, belongings.clocks.get(row.id) ?? []),
    appointment: belongings.visits.get(row.id) ?? null,
    checklist: checklistOf(type, row),
    evidence: [...type.evidence],
    missing: missingEvidence(row, type.evidence, belongings.done),
    readings: readingsOf(row, belongings.done),
    parts: partsOf(row, belongings.done),
    charge: chargeOf(row, belongings),
    answerBy: row.answerBy,
    distanceM: from && place ? distanceM(from, place) : null,
    notes: notesOf(row, belongings.notes),
  }
}

function peopleOf(ctx: Ctx, row: RequestRow): Pick<FieldOrder, 'address' | 'contactName' | 'contactPhone'> {
  if (row.assigneeId === null || row.assigneeId !== ctx.staff?.id)
    return { address: row.areaName === '' ? null : row.areaName, contactName: null, contactPhone: null }
  const contact = contactOf(ctx, row)
  const address = [contact.address ?? row.areaName, contact.placeWords].filter(Boolean).join(' ')
  return { address: address === '' ? null : address, contactName: contact.name, contactPhone: contact.phone }
}

/** Photos show the inside of somebody's home, so they too belong to the worker whose order it is. */
function filesOfOrder(ctx: Ctx, row: RequestRow, { attached, files }: Belongings): FieldOrder['files'] {
  if (row.assigneeId !== ctx.staff?.id) return []
  return (attached.get(row.id) ?? []).flatMap(({ fileId, role }) => {
    const file = files.get(fileId)
    return file ? [{ ...presentFile(ctx, file, { path: `/attachments/requests/${row.id}` }), role }] : []
  })
}

function chargeOf(row: RequestRow, { charges }: Belongings): FieldOrder['charge'] {
  const charge = charges.get(row.id)
  return charge ? { what: charge.title, amountFen: charge.amountFen, paid: charge.paid } : null
}

function checklistOf(type: ServiceType, row: RequestRow): FieldOrder['checklist'] {
  const done = new Set(JSON.parse(row.checked) as number[])
  return type.checklist.map((text, index) => ({ text, done: done.has(index) }))
}

function notesOf(row: RequestRow, notes: readonly WorkNote[]): FieldOrder['notes'] {
  return notes
    .filter(({ requestId }) => requestId === row.id)
    .slice(0, NOTES_SHOWN)
    .map(({ at, byName, words }) => ({ at, byName: byName ?? '', words }))
}
