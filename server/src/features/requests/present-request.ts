import { maskAddress, maskName, maskPhone } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { appointmentOf } from '../appointments'
import { chargesOf } from '../billing'
import { boundTo, householdsByIds } from '../households'
import { liveFacts } from '../notices'
import { staffByIds } from '../staff'
import { answersInWords } from './answers'
import { clocksOf } from './clock-store'
import { contactOf } from './contact'
import type { RatingRow, RequestRow, StepRow } from './entities'
import { findSurvey, ratingsOf } from './people-store'
import { presentClocks } from './present-clocks'
import { WORDS_HIDDEN, wordsChecks } from './flagged-words'
import { type FilesOfRequest, loadFiles } from './present-files'
import { parentsOf, presentSummary } from './present-summaries'
import { actsOf, nextUrgeAt } from './resident-may'
import { type Terms, termsOf } from './run-clocks'
import type { RatingView, RequestView, StepView } from './schema'
import { isOfWorker } from './add-step'
import { stepsOf } from './step-store'
import { requestsByIds } from './store'
import { isSent } from './turns'
import type { Viewer } from './viewer'
import { workerTitle } from './words'

/** Everything beside the row, read at once. */
interface Beside {
  readonly terms: Terms
  readonly steps: readonly StepRow[]
  readonly checks: ReturnType<typeof wordsChecks>
  readonly files: FilesOfRequest
  readonly ratings: readonly RatingRow[]
  /** Whoever was sent; null while somebody at the desk has it. */
  readonly worker: { readonly id: string; readonly name: string } | null
}

/** One request as its viewer may see it: of a neighbour's only where it stands and what was done. */
export async function presentRequest(ctx: Ctx, row: RequestRow, viewer: Viewer): Promise<RequestView> {
  const { reader } = ctx.db
  const own = viewer.kind !== 'follower'
  const [terms, clocks, steps, ratings, parents, appointments] = await Promise.all([
    termsOf(ctx, row),
    clocksOf(reader, [row.id]),
    stepsOf(reader, row.id),
    ratingsOf(reader, [row.id]),
    parentsOf(ctx, [row]),
    own ? appointmentOf(ctx, [row.id]) : new Map(),
  ])
  const clockRows = clocks.get(row.id) ?? []
  const beside: Beside = {
    terms,
    steps: steps.filter((step) => step.internal === 0),
    checks: wordsChecks(steps),
    files: await loadFiles(ctx, row, viewer),
    ratings: ratings.get(row.id) ?? [],
    worker: await workerOf(ctx, row, steps),
  }
  const parent = row.parentId === null ? null : (parents.get(row.parentId) ?? null)
  const now = ctx.clock.now()
  const appointment = appointments.get(row.id) ?? null
  const visits = await isVisitors(ctx, row)
  const summary = await presentSummary(ctx, row, {
    mine: own,
    shortAddress: await shortAddressOf(ctx, row, viewer),
    clocks: clockRows,
    parent,
  })
  return {
    ...summary,
    ...(own ? await ownersPart(ctx, row, viewer, beside) : FOLLOWERS_PART),
    workerName: beside.worker === null ? null : workerTitle(beside.worker.name),
    clocks: presentClocks(ctx, row, clockRows),
    // What the household is charged is a bill of its own, and nothing of a visitor's.
    steps: presentSteps(viewer, beside).filter(({ kind }) => kind !== 'charge' || !visits),
    appointment,
    urges: { count: row.urges, lastAt: row.lastUrgedAt, nextAt: nextUrgeAt(row, terms.body, now) },
    may: actsFor(row, viewer, { ...beside, appointment, now }),
    reasonsUnderFour: [...terms.type.reasonsUnderFour],
    reopenUntil: row.reopenUntil,
    parent: await parentPart(ctx, row, parent, own),
    notice: await noticePart(ctx, row),
  }
}

async function workerOf(ctx: Ctx, row: RequestRow, steps: readonly StepRow[]): Promise<Beside['worker']> {
  if (row.assigneeId === null || !isSent(steps)) return null
  return (await staffByIds(ctx.db.reader, [row.assigneeId])).get(row.assigneeId) ?? null
}

/** What a neighbour gets of everything that is the owner's. */
const FOLLOWERS_PART = {
  words: '',
  answers: [],
  files: [],
  contactNameMasked: null,
  contactPhoneMasked: null,
  anonymous: false,
  onBehalfOf: null,
  rating: null,
  survey: null,
  charge: null,
} satisfies Partial<RequestView>

async function ownersPart(ctx: Ctx, row: RequestRow, viewer: Viewer, beside: Beside) {
  const contact = contactOf(ctx, row)
  const charge = (await chargesOf(ctx.db.reader, [row.id])).get(row.id)
  const behalf = contact.onBehalfOf
  return {
    words: viewer.kind === 'link' && row.wordsHidden === 1 ? WORDS_HIDDEN : row.words,
    answers: answersInWords(beside.terms.type, row.answers),
    files: beside.files.ofRole('problem'),
    contactNameMasked: contact.name === null ? null : maskName(contact.name),
    contactPhoneMasked: contact.phone === null ? null : maskPhone(contact.phone),
    anonymous: row.anonymous === 1,
    onBehalfOf: behalf !== null && viewer.kind === 'link' ? maskName(behalf) : behalf,
    rating: presentRating(viewer, beside),
    survey: await surveyPart(ctx, row),
    charge:
      charge && !(await isVisitors(ctx, row))
        ? { billId: charge.billId, amountFen: charge.amountFen, paid: charge.paid }
        : null,
  }
}

async function shortAddressOf(ctx: Ctx, row: RequestRow, viewer: Viewer): Promise<string | null> {
  if (viewer.kind === 'follower') return row.areaName || null
  const { address } = contactOf(ctx, row)
  if (viewer.kind === 'link' || (await isVisitors(ctx, row)))
    return address === null ? row.areaName || null : maskAddress(address)
  const home =
    row.householdId === null
      ? undefined
      : (await householdsByIds(ctx.db.reader, [row.householdId])).get(row.householdId)
  return home?.shortAddress ?? address ?? (row.areaName || null)
}

/** Made by somebody who came by the household's code and has not bound it since. */
async function isVisitors(
  ctx: Ctx,
  row: Pick<RequestRow, 'codeId' | 'householdId' | 'residentId'>,
): Promise<boolean> {
  const { codeId, householdId, residentId } = row
  if (codeId === null || householdId === null || residentId === null) return false
  return !(await boundTo(ctx.db.reader, residentId, [householdId])).has(householdId)
}

function presentSteps(viewer: Viewer, beside: Beside): StepView[] {
  const { steps, files } = beside
  if (viewer.kind === 'follower')
    return steps
      .filter((step) => step.kind === 'submitted' || step.kind.startsWith('move:'))
      .map((step) => ({
        id: step.id,
        at: step.at,
        kind: step.kind,
        title: step.byKind === 'resident' && step.kind !== 'submitted' ? '住户有新的说明' : step.title,
        words: null,
        byName: null,
        by: null,
        files: [],
      }))
  const isHidden = hiddenFrom(viewer, beside)
  return steps.map((step) => ({
    id: step.id,
    at: step.at,
    kind: step.kind,
    title: step.title,
    words: isHidden(step) ? WORDS_HIDDEN : step.words,
    ...doerOf(step, beside.worker),
    files: step.kind === 'submitted' ? [] : files.ofStep(step.id),
  }))
}

/** Writers read what they wrote; an address that may have been passed on does not show what was hidden. */
function hiddenFrom(viewer: Viewer, { checks }: Beside): (step: StepRow) => boolean {
  return (step) => viewer.kind === 'link' && step.words !== null && checks.get(step.id) === 'hidden'
}

const FIELD_MOVES: readonly string[] = ['move:set-out', 'move:arrive']

/**
 * Residents know the one who comes by the surname; whoever answers at the desk is the desk. A step says for itself
 * what its doer was: whoever came keeps the name, also after the order went to somebody else.
 */
function doerOf(step: StepRow, worker: Beside['worker']): Pick<StepView, 'by' | 'byName'> {
  if (step.byKind === 'resident') return { by: 'me', byName: '我' }
  if (step.byKind === 'system' || step.byName === null) return { by: null, byName: null }
  const came = isOfWorker(step) || step.byId === worker?.id || FIELD_MOVES.includes(step.kind)
  return came ? { by: 'worker', byName: workerTitle(step.byName) } : { by: 'desk', byName: '客服' }
}

function presentRating(viewer: Viewer, beside: Beside): RatingView | null {
  const { ratings, files, steps } = beside
  const rating = ratings.at(-1)
  if (!rating) return null
  const said = steps.findLast(({ kind }) => kind === 'rated')
  const isHidden = said !== undefined && hiddenFrom(viewer, beside)(said)
  const { replyWords, replyAt } = rating
  return {
    stars: rating.stars,
    outcome: rating.outcome,
    reasons: JSON.parse(rating.reasons) as string[],
    words: isHidden ? WORDS_HIDDEN : rating.words,
    files: files.ofRole('rating'),
    at: rating.at,
    reply:
      replyWords === null || replyAt === null ? null : { words: replyWords, at: replyAt, byName: '客服' },
  }
}

async function surveyPart(ctx: Ctx, row: RequestRow): Promise<RequestView['survey']> {
  const asked = await findSurvey(ctx.db.reader, row.id)
  if (asked) return { dueAt: asked.askedAt, open: asked.answeredAt === null }
  return row.surveyAt === null || row.residentId === null ? null : { dueAt: row.surveyAt, open: false }
}

/** A link has fewer acts: nothing that needs a hold or a photo. A neighbour may only stop to follow. */
function actsFor(
  row: RequestRow,
  viewer: Viewer,
  beside: Beside & { appointment: RequestView['appointment']; now: number },
): RequestView['may'] {
  if (viewer.kind === 'follower') return viewer.canStop ? ['unfollow'] : []
  const acts = actsOf(row, { ...beside, body: beside.terms.body })
  if (viewer.kind !== 'link') return acts
  return acts.filter((act) => act === 'add' || act === 'urge' || act === 'cancel' || act === 'rate')
}

async function noticePart(ctx: Ctx, { noticeId }: RequestRow): Promise<RequestView['notice']> {
  if (noticeId === null) return null
  const [notice] = await liveFacts(ctx.db.reader, [noticeId])
  return notice ? { id: notice.id, title: notice.title } : null
}

async function parentPart(
  ctx: Ctx,
  row: RequestRow,
  parent: RequestRow | null,
  own: boolean,
): Promise<RequestView['parent']> {
  if (!own) return null
  if (parent) return { id: parent.id, number: parent.number }
  if (row.followsUpId === null) return null
  const before = (await requestsByIds(ctx.db.reader, [row.followsUpId])).get(row.followsUpId)
  return before ? { id: before.id, number: before.number } : null
}
