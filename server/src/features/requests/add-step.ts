import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { claimFiles } from '../files'
import type { Actor } from './actor'
import type { RequestRow, StepRow } from './entities'
import { markUpdated, markWordsWaiting, setHasPhotos } from './store'
import { insertRequestFiles, insertStep } from './step-store'

export type FileRole =
  | 'problem'
  | 'added'
  | 'before'
  | 'after'
  | 'signature'
  | 'voice'
  | 'rating'
  | 'reply'
  | 'note'

export interface NewStep {
  readonly request: Pick<RequestRow, 'id'>
  /** What happened, such as `move:dispatched`, `words`, `urged`, `rated`, `reply`, `note`, `reading`. */
  readonly kind: string
  /** In a resident's words. */
  readonly title: string
  readonly words?: string | null | undefined
  /** Never shown to a resident. */
  readonly internal?: boolean | undefined
  readonly by: Actor
  /** `flagged: true` says that its words wait for a person's look (flagged-words.ts). */
  readonly facts?: Readonly<Record<string, unknown>> | undefined
  readonly fileIds?: readonly string[] | undefined
  readonly fileRole?: FileRole | undefined
  /** When it was done, where that was reported later; now unless given. */
  readonly at?: number | undefined
  /** Set where the caller has written the request itself in the same moment. */
  readonly isMarked?: boolean | undefined
}

/**
 * Adds a line to the timeline, with its files. It changes nothing else, so what others are writing stays good.
 * Errors: files_not_ready, not_found for a file that is not the person's own.
 */
export async function addStep(tx: Tx, ctx: Ctx, input: NewStep): Promise<StepRow> {
  const { request, by } = input
  const step: StepRow = {
    id: ctx.ids.next(),
    requestId: request.id,
    at: input.at ?? ctx.clock.now(),
    kind: input.kind,
    title: input.title.slice(0, 80),
    words: input.words?.slice(0, 1000) || null,
    byKind: by.kind,
    byId: by.id,
    byName: by.name,
    internal: input.internal ? 1 : 0,
    facts: JSON.stringify({ ...input.facts, ...(isWorkerAlone(by) ? { by: WORKER } : {}) }),
  }
  await insertStep(tx, step)
  if (input.fileIds && input.fileIds.length > 0)
    await attachFiles(tx, ctx, step, { fileIds: input.fileIds, role: input.fileRole ?? 'added', by })
  if (input.facts?.['flagged'] === true) await markWordsWaiting(tx, request.id)
  if (!input.isMarked) await markUpdated(tx, request.id, ctx.clock.now())
  return step
}

const WORKER = 'worker'
const DESK: readonly string[] = ['agent', 'dispatcher', 'supervisor']

/** Somebody who does nothing at the desk; of others only the order in their hands tells. */
function isWorkerAlone(by: Actor): boolean {
  return by.kind === 'staff' && by.roles.includes(WORKER) && !by.roles.some((role) => DESK.includes(role))
}

/** Whether a step was done by somebody who goes to people's houses. */
export function isOfWorker(step: Pick<StepRow, 'facts'>): boolean {
  return (JSON.parse(step.facts) as { by?: unknown }).by === WORKER
}

async function attachFiles(
  tx: Tx,
  ctx: Ctx,
  step: StepRow,
  files: { fileIds: readonly string[]; role: FileRole; by: Actor },
): Promise<void> {
  const { by } = files
  if (by.kind === 'system' || by.id === null) throw new Error('Nobody has files to attach.')
  const fileIds = [...new Set(files.fileIds)]
  const claimed = await claimFiles(tx, ctx, {
    fileIds,
    owner: { kind: by.kind, id: by.id },
    claim: `request:${step.requestId}`,
  })
  await insertRequestFiles(
    tx,
    fileIds.map((fileId, position) => ({
      requestId: step.requestId,
      fileId,
      stepId: step.id,
      role: files.role,
      position,
    })),
  )
  if (claimed.some((file) => file.kind === 'image')) await setHasPhotos(tx, step.requestId)
}
