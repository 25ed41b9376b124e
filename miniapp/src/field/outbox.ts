import { resumed } from '../upload/plan'
import type { Attachment } from '../upload/queue'
import type { ActionResult, FieldAction, Outbox, Step } from './types'

/**
 * Pure rules of the queue of what a worker did. Steps are sent in the order in which they were done; one that was
 * refused holds up those of its own order only, until the worker takes it away or tries once more.
 */

export const emptyOutbox: Outbox = { waiting: [], done: [] }

/** As many as the server takes at once. */
const mostAtOnce = 50
const mostDone = 300

export const withStep = (outbox: Outbox, step: Step): Outbox => ({
  ...outbox,
  waiting: [...outbox.waiting, step],
})

const isHeldUp = (outbox: Outbox, step: Step): boolean =>
  outbox.waiting.some((other) => other.requestId === step.requestId && other.refused !== null)

const lacksFile = (step: Step): boolean => step.file !== null && step.file.upload.state !== 'ready'

export type Next =
  | { readonly do: 'file'; readonly step: Step; readonly file: Attachment }
  | { readonly do: 'send'; readonly steps: readonly Step[] }
  | { readonly do: 'nothing' }

/** What is to be done next: send a file, send the steps before the next file, or nothing. */
export function nextOf(outbox: Outbox): Next {
  const free = outbox.waiting.filter((step) => !isHeldUp(outbox, step))
  const [first] = free
  if (!first) return { do: 'nothing' }
  if (first.file !== null && lacksFile(first)) return { do: 'file', step: first, file: first.file }
  const until = free.findIndex(lacksFile)
  return { do: 'send', steps: free.slice(0, until < 0 ? mostAtOnce : Math.min(until, mostAtOnce)) }
}

/** The step as the server takes it, with the id of its file. */
export function sentForm(step: Step): {
  actionId: string
  requestId: string
  at: number
  action: FieldAction
} {
  const { actionId, requestId, at, action, file } = step
  if (file === null || !('fileId' in action)) return { actionId, requestId, at, action }
  return { actionId, requestId, at, action: { ...action, fileId: file.upload.fileId ?? '' } }
}

/** How far a file has come; one that can never be sent refuses its step. */
export function withFile(outbox: Outbox, actionId: string, file: Attachment, gone: string): Outbox {
  const refused = file.upload.state === 'refused' ? (file.upload.reason ?? gone) : null
  return change(outbox, actionId, (step) => ({ ...step, file, refused }))
}

/** What the server said: what is done leaves the queue, what was refused stays with the reason. */
export function withResults(outbox: Outbox, results: readonly ActionResult[]): Outbox {
  const byId = new Map(results.map((result) => [result.actionId, result]))
  const isDone = (step: Step): boolean => {
    const outcome = byId.get(step.actionId)?.outcome
    return outcome === 'done' || outcome === 'done-before'
  }
  return {
    waiting: outbox.waiting
      .filter((step) => !isDone(step))
      .map((step) => {
        const result = byId.get(step.actionId)
        return result?.outcome === 'refused' ? { ...step, refused: result.why ?? '' } : step
      }),
    done: [...outbox.done, ...outbox.waiting.filter(isDone)].slice(-mostDone),
  }
}

/** The worker takes a step back that was not sent, or that was refused. */
export const withoutStep = (outbox: Outbox, actionId: string): Outbox => ({
  ...outbox,
  waiting: outbox.waiting.filter((step) => step.actionId !== actionId),
})

/** Once more, under the same id: if it was done after all, the server says so. */
export const retried = (outbox: Outbox, actionId: string): Outbox =>
  change(outbox, actionId, (step) => ({
    ...step,
    refused: null,
    file: step.file && lacksFile(step) ? { ...step.file, upload: resumed(step.file.upload) } : step.file,
  }))

/** Forgets what was done on orders that are not the worker's any more. */
export const tidied = (outbox: Outbox, openIds: readonly string[]): Outbox => ({
  ...outbox,
  done: outbox.done.filter((step) => openIds.includes(step.requestId)),
})

function change(outbox: Outbox, actionId: string, next: (step: Step) => Step): Outbox {
  return {
    ...outbox,
    waiting: outbox.waiting.map((step) => (step.actionId === actionId ? next(step) : step)),
  }
}

export const refusedOf = (outbox: Outbox): readonly Step[] =>
  outbox.waiting.filter((step) => step.refused !== null)
