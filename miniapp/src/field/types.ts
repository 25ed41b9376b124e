import type { Input, Output } from '../api/types'
import type { Attachment } from '../upload/queue'

export type Today = Output<'field.today'>
export type FieldOrder = Today['orders'][number]
export type FieldAction = Input<'field.sync'>['actions'][number]['action']
export type ActionResult = Output<'field.sync'>['results'][number]
export type HelpMessage = Output<'field.askHelp'>['messages'][number]
export type Presence = Today['worker']['presence']

/** One thing the worker did. It is plain data, so that it survives the app and the telephone. */
export interface Step {
  /** Made when it was done and never again: the server does each once. */
  readonly actionId: string
  readonly requestId: string
  readonly at: number
  /** `fileId` is empty until the file has been sent. */
  readonly action: FieldAction
  /** What must be sent before the action: a photo, a signature, a voice note. */
  readonly file: Attachment | null
  /** Why the server, or the telephone, could not; null while it waits its turn. */
  readonly refused: string | null
}

/** Everything that was done here and is kept: what waits, in order, and what the server has. */
export interface Outbox {
  readonly waiting: readonly Step[]
  /** Of orders that are still open, so that the page shows what was written down. */
  readonly done: readonly Step[]
}
