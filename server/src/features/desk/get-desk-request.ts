import { maskAddress, maskName, maskPhoneForStaff } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { filesByIds, type FileRow, presentFile } from '../files'
import { deskHouseholds } from '../households'
import {
  actorOf,
  answersInWords,
  childrenOf,
  clocksOf,
  contactOf,
  evidenceMissing,
  filesOf,
  linksOf,
  mayChangeVisit,
  movesFor,
  presentClocks,
  ratingsOf,
  type RatingRow,
  type RequestFileRow,
  type RequestRow,
  requestsByIds,
  type StepRow,
  stepsOf,
  typeOfRequest,
  type WordsCheck,
  wordsChecks,
} from '../requests'
import { householdPanel } from './household-panel'
import { lookersOf } from './look-at-request'
import { presentRows } from './present-row'
import { requestInScope } from './request-in-scope'
import type { DeskRequest } from './schema'

/** One request with everything beside it. Errors: not_found outside my scope. */
export async function getDeskRequest(ctx: Ctx, requestId: string): Promise<DeskRequest> {
  const { reader } = ctx.db
  const request = await requestInScope(ctx, requestId)
  const [type, clockRows, steps, files, ratings, visits, lookers] = await Promise.all([
    typeOfRequest(ctx, request),
    clocksOf(reader, [requestId]),
    stepsOf(reader, requestId),
    filesOf(reader, [requestId]),
    ratingsOf(reader, [requestId]),
    appointmentOf(ctx, [requestId]),
    lookersOf(ctx, requestId),
  ])
  const clocks = presentClocks(ctx, request, clockRows.get(requestId) ?? [])
  const shown = await presentableFiles(ctx, requestId, files.get(requestId) ?? [])
  const [row] = await presentRows(ctx, [request])
  if (!row) throw new Error('one row in, one row out')
  const checks = wordsChecks(steps)
  const reported = steps.find(({ kind }) => kind === 'submitted')
  const reportCheck = reported && checks.get(reported.id)
  const ticked = new Set(JSON.parse(request.checked) as number[])
  return {
    ...row,
    words: request.words,
    wordsCheck: reported && reportCheck ? { stepId: reported.id, state: reportCheck } : null,
    answers: answersInWords(type, request.answers),
    files: shown.of(({ role }) => role === 'problem'),
    channel: request.channel,
    byCode: request.codeId !== null,
    ...contactView(ctx, request),
    clocks,
    steps: steps.map((step) => presentStep(step, shown, checks.get(step.id) ?? null)),
    checklist: type.checklist.map((text, index) => ({ text, done: ticked.has(index) })),
    evidenceMissing: await evidenceMissing(reader, request, type),
    appointment: visits.get(requestId) ?? null,
    mayBookVisit: type.appointment !== 'none' && mayChangeVisit(request),
    rating: presentRating((ratings.get(requestId) ?? []).at(-1)),
    ...(await relatives(ctx, request)),
    moves: movesFor(request, actorOf(ctx), ctx.clock.now()),
    lookers,
    household: await panelOf(ctx, request),
  }
}

/** Of somebody who did not want to be known nothing is shown, masked or not. */
function contactView(
  ctx: Ctx,
  request: RequestRow,
): Pick<
  DeskRequest,
  'anonymous' | 'addressMasked' | 'onBehalfOfMasked' | 'contactNameMasked' | 'contactPhoneMasked' | 'place'
> {
  const { latE6, lngE6 } = request
  const contact = contactOf(ctx, request)
  const place = latE6 === null || lngE6 === null ? null : { latE6, lngE6, words: contact.placeWords ?? '' }
  if (request.anonymous === 1)
    return {
      anonymous: true,
      addressMasked: null,
      onBehalfOfMasked: null,
      contactNameMasked: null,
      contactPhoneMasked: null,
      place,
    }
  return {
    anonymous: false,
    addressMasked: contact.address && maskAddress(contact.address),
    onBehalfOfMasked: contact.onBehalfOf && maskName(contact.onBehalfOf),
    contactNameMasked: contact.name && maskName(contact.name),
    contactPhoneMasked: contact.phone && maskPhoneForStaff(contact.phone),
    place,
  }
}

interface ShownFiles {
  of(which: (file: RequestFileRow) => boolean): DeskRequest['files']
}

async function presentableFiles(
  ctx: Ctx,
  requestId: string,
  links: readonly RequestFileRow[],
): Promise<ShownFiles> {
  const files: ReadonlyMap<string, FileRow> = await filesByIds(
    ctx.db.reader,
    links.map(({ fileId }) => fileId),
  )
  const path = `/attachments/requests/${requestId}`
  return {
    of: (which) =>
      links.filter(which).flatMap(({ fileId }) => {
        const file = files.get(fileId)
        return file ? [presentFile(ctx, file, { path })] : []
      }),
  }
}

function presentStep(
  step: StepRow,
  files: ShownFiles,
  wordsCheck: WordsCheck | null,
): DeskRequest['steps'][number] {
  return {
    id: step.id,
    at: step.at,
    kind: step.kind,
    title: step.title,
    words: step.words,
    byName: step.byKind === 'resident' ? '住户' : step.byName,
    byKind: step.byKind,
    internal: step.internal === 1,
    wordsCheck,
    files: files.of(({ stepId }) => stepId === step.id),
  }
}

function presentRating(row: RatingRow | undefined): DeskRequest['rating'] {
  if (!row) return null
  const reasons = JSON.parse(row.reasons) as string[]
  return {
    stars: row.stars,
    outcome: row.outcome,
    reasons,
    words: row.words,
    at: row.at,
    reply: row.replyWords,
  }
}

const CHILDREN_SHOWN = 200

/** Requests that belong to it: the one it went into or follows up, those that went into it, those beside it. */
async function relatives(
  ctx: Ctx,
  request: RequestRow,
): Promise<Pick<DeskRequest, 'parent' | 'merged' | 'linked'>> {
  const { reader } = ctx.db
  const parentId = request.parentId ?? request.followsUpId
  const [children, links] = await Promise.all([
    request.children === 0 ? [] : childrenOf(reader, request.id, { after: '', limit: CHILDREN_SHOWN }),
    linksOf(reader, request.id),
  ])
  const around = await requestsByIds(reader, parentId === null ? links : [...links, parentId])
  const named = ({ id, number }: RequestRow): { id: string; number: string } => ({ id, number })
  const parent = parentId === null ? undefined : around.get(parentId)
  return {
    parent: parent ? named(parent) : null,
    merged: children.map((child) => ({ ...named(child), createdAt: child.createdAt })),
    linked: links.flatMap((id) => {
      const other = around.get(id)
      return other ? [named(other)] : []
    }),
  }
}

async function panelOf(ctx: Ctx, request: RequestRow): Promise<DeskRequest['household']> {
  if (request.householdId === null || request.anonymous === 1) return null
  const household = (await deskHouseholds(ctx, [request.householdId])).get(request.householdId)
  return household ? householdPanel(ctx, household, request.typeId) : null
}
