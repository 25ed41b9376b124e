import { UploadQueue, type Attachment, type UploadPorts } from '../upload/queue'
import { nextOf, retried, sentForm, tidied, withFile, withoutStep, withResults, withStep } from './outbox'
import type { ActionResult, FieldOrder, Outbox, Step } from './types'

/** The server, the telephone's memory and its files, handed in so that tests can play them. */
export interface SenderPorts {
  /** Keeps the queue for good. Throws when the telephone has no room. */
  keep(outbox: Outbox): void
  send(
    steps: readonly ReturnType<typeof sentForm>[],
  ): Promise<{ results: ActionResult[]; orders: FieldOrder[] }>
  /** Whether no answer came, or none that decides anything: the same steps go again later. */
  isUnsure(error: unknown): boolean
  uploads: UploadPorts
  /** A file that is not needed on this telephone any more. */
  drop(path: string): void
  /** What to say of a photo that the telephone has lost. */
  gone: string
}

export type SenderState = 'idle' | 'sending' | 'offline' | 'stuck'

export interface Heard {
  readonly outbox: Outbox
  readonly state: SenderState
  /** My orders after the last answer; null where none came with this change. */
  readonly orders: FieldOrder[] | null
}

/**
 * Sends what was done, in order and one call at a time. The queue is kept before anything is sent and after every
 * answer, so an app that dies in between sends the same steps under the same ids again.
 */
export class Sender {
  private running: Promise<void> | null = null
  private state: SenderState = 'idle'
  private hear: (heard: Heard) => void = () => undefined

  constructor(
    private readonly ports: SenderPorts,
    private box: Outbox,
  ) {}

  get outbox(): Outbox {
    return this.box
  }

  listen(hear: (heard: Heard) => void): void {
    this.hear = hear
  }

  /** Keeps a step and begins to send. Throws when it could not be kept, so that nobody believes it was. */
  add(step: Step): void {
    const next = withStep(this.box, step)
    this.ports.keep(next)
    this.show(next)
    void this.run()
  }

  takeBack(actionId: string): void {
    this.change(withoutStep(this.box, actionId))
    void this.run()
  }

  retry(actionId: string): void {
    this.change(retried(this.box, actionId))
    void this.run()
  }

  /** Forgets what was done on orders that are over, with the files of it. */
  forgetOthers(openIds: readonly string[]): void {
    const next = tidied(this.box, openIds)
    if (next.done.length < this.box.done.length) this.change(next)
  }

  /** Sends until nothing is left, or until the network or the server stops it. Calls meanwhile share one run. */
  run(): Promise<void> {
    this.running ??= this.sendAll().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async sendAll(): Promise<void> {
    for (let next = nextOf(this.box); next.do !== 'nothing'; next = nextOf(this.box)) {
      this.show(this.box, 'sending')
      const went =
        next.do === 'file' ? await this.sendFile(next.step, next.file) : await this.sendSteps(next.steps)
      if (went !== 'on') return this.show(this.box, went)
    }
    this.show(this.box, 'idle')
  }

  private async sendFile(step: Step, file: Attachment): Promise<'on' | 'offline'> {
    const queue = new UploadQueue(this.ports.uploads, [file])
    // The worker may have taken the step back meanwhile; then there is nothing to change.
    const note = (item: Attachment | undefined): void => {
      if (item) this.change(withFile(this.box, step.actionId, item, this.ports.gone))
    }
    queue.listen(([item]) => note(item))
    await queue.run()
    note(queue.items[0])
    return queue.items[0]?.upload.state === 'broken' ? 'offline' : 'on'
  }

  private async sendSteps(steps: readonly Step[]): Promise<'on' | 'offline' | 'stuck'> {
    try {
      const { results, orders } = await this.ports.send(steps.map(sentForm))
      // An answer that decides nothing must not be asked for again and again.
      if (results.every(({ outcome }) => outcome === 'skipped')) return 'stuck'
      this.change(withResults(this.box, results), orders)
      return 'on'
    } catch (error) {
      return this.ports.isUnsure(error) ? 'offline' : 'stuck'
    }
  }

  private change(outbox: Outbox, orders: FieldOrder[] | null = null): void {
    const needed = new Set(pathsOf(outbox))
    const unneeded = pathsOf(this.box).filter((path) => !needed.has(path))
    // Losing room here costs at worst a repeat under the same ids, so the page goes on.
    try {
      this.ports.keep(outbox)
    } catch {
      // Kept at the next change.
    }
    this.show(outbox, this.state, orders)
    for (const path of unneeded) this.ports.drop(path)
  }

  private show(outbox: Outbox, state: SenderState = this.state, orders: FieldOrder[] | null = null): void {
    this.box = outbox
    this.state = state
    this.hear({ outbox, state, orders })
  }
}

const pathsOf = (outbox: Outbox): string[] =>
  [...outbox.waiting, ...outbox.done].flatMap(({ file }) => (file === null ? [] : [file.path]))
