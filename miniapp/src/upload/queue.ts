import type { FileKind, FileProgress } from '../api/types'
import { after, isOver, newUpload, nextStep, restMs, resumed, type Upload, type UploadEvent } from './plan'

/** One chosen file and how far it has come. It is plain data, so that a draft can keep it. */
export interface Attachment {
  readonly key: string
  readonly kind: FileKind
  /** Where this phone has the file; it may be gone when the app is opened again. */
  readonly path: string
  readonly durationMs: number | null
  readonly upload: Upload
}

/** The server, the phone's files and the clock, handed in so that tests can play them. */
export interface UploadPorts {
  begin(upload: Upload): Promise<FileProgress & { partBytes: number }>
  part(fileId: string, offset: number, bytes: ArrayBuffer): Promise<FileProgress>
  finish(upload: Upload, fileId: string): Promise<FileProgress>
  ask(fileId: string): Promise<FileProgress>
  slice(path: string, position: number, length: number): Promise<ArrayBuffer>
  /** Sorts what was thrown by one of the four above into what it means for the file. */
  judge(error: unknown): 'lost' | 'gone' | { refused: string }
  newClientId(): string
  rest(ms: number): Promise<void>
}

/**
 * Sends chosen files one after the other: the server decodes one at a time, and a slow network carries one sooner
 * than six at once.
 */
export class UploadQueue {
  private list: readonly Attachment[]
  private running = false
  private closed = false
  private hear: (items: readonly Attachment[]) => void = () => undefined

  constructor(
    private readonly ports: UploadPorts,
    kept: readonly Attachment[] = [],
  ) {
    this.list = kept.map((item) =>
      item.upload.state === 'refused' ? item : { ...item, upload: resumed(item.upload) },
    )
  }

  /** Tells of every change from now on, to one listener. */
  listen(hear: (items: readonly Attachment[]) => void): void {
    this.hear = hear
  }

  get items(): readonly Attachment[] {
    return this.list
  }

  add(files: readonly { kind: FileKind; path: string; bytes: number; durationMs: number | null }[]): void {
    const added = files.map(({ kind, path, bytes, durationMs }): Attachment => {
      const key = this.ports.newClientId()
      return { key, kind, path, durationMs, upload: newUpload(kind, bytes, key) }
    })
    this.show([...this.list, ...added])
    void this.run()
  }

  retry(key: string): void {
    this.change(key, resumed)
    void this.run()
  }

  /** The network is back: what it had broken goes on from the byte that the server has. */
  resume(): void {
    const resume = (item: Attachment): Attachment =>
      item.upload.state === 'broken' ? { ...item, upload: resumed(item.upload) } : item
    this.show(this.list.map(resume))
    void this.run()
  }

  remove(key: string): void {
    this.show(this.list.filter((item) => item.key !== key))
  }

  /** Goes on with what is not over. Resolves when nothing more can be done without a tap. */
  async run(): Promise<void> {
    this.closed = false
    if (this.running) return
    this.running = true
    try {
      for (let item = this.nextItem(); item && !this.closed; item = this.nextItem()) await this.step(item)
    } finally {
      this.running = false
    }
  }

  /** The page is gone; what was sent stays sent. */
  close(): void {
    this.closed = true
  }

  private nextItem(): Attachment | undefined {
    return this.list.find(({ upload }) => !isOver(upload))
  }

  private async step(item: Attachment): Promise<void> {
    const wait = restMs(item.upload)
    if (wait > 0) await this.ports.rest(wait)
    // It may have been taken away, or the page closed, during the rest.
    const current = this.list.find(({ key }) => key === item.key)
    if (!current || this.closed) return
    const event = await this.happens(current)
    this.change(item.key, (upload) => after(upload, event))
  }

  private async happens({ upload, path }: Attachment): Promise<UploadEvent> {
    const step = nextStep(upload)
    const fileId = upload.fileId ?? ''
    let bytes: ArrayBuffer | null = null
    if (step.do === 'part') {
      try {
        bytes = await this.ports.slice(path, step.offset, step.length)
      } catch {
        return { kind: 'unreadable' }
      }
    }
    try {
      if (step.do === 'begin') {
        const { partBytes, ...progress } = await this.ports.begin(upload)
        return { kind: 'progress', progress, partBytes }
      }
      if (step.do === 'part' && bytes)
        return { kind: 'progress', progress: await this.ports.part(fileId, step.offset, bytes) }
      if (step.do === 'finish') return { kind: 'progress', progress: await this.ports.finish(upload, fileId) }
      return { kind: 'progress', progress: await this.ports.ask(fileId) }
    } catch (error) {
      const judged = this.ports.judge(error)
      if (judged === 'lost') return { kind: 'lost' }
      if (judged === 'gone') return { kind: 'gone', clientId: this.ports.newClientId() }
      return { kind: 'refused', reason: judged.refused }
    }
  }

  private change(key: string, next: (upload: Upload) => Upload): void {
    this.show(this.list.map((item) => (item.key === key ? { ...item, upload: next(item.upload) } : item)))
  }

  private show(items: readonly Attachment[]): void {
    this.list = items
    if (!this.closed) this.hear(items)
  }
}

/** The ids of what can be attached now. */
export const readyIds = (items: readonly Attachment[]): string[] =>
  items.flatMap(({ upload }) => (upload.state === 'ready' && upload.fileId !== null ? [upload.fileId] : []))

/** Something is still on its way. */
export const isMoving = (items: readonly Attachment[]): boolean => items.some(({ upload }) => !isOver(upload))

/** Something needs a tap: once more, or away with it. */
export const needsHand = (items: readonly Attachment[]): boolean =>
  items.some(({ upload }) => upload.state === 'broken' || upload.state === 'refused')
