import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../core/config/load'
import { AppError } from '../../../core/errors'
import type { DecodeOutcome, DecodeReply, DecodeTask } from './protocol'

export interface PoolSettings {
  readonly decoders: number
  readonly decodeTimeoutMs: number
  readonly decodeQueueMax: number
}

interface Waiting {
  readonly owner: string
  readonly task: DecodeTask
  readonly settle: (outcome: DecodeOutcome) => void
}

/** A decoder that nobody has needed for this long gives its memory back. */
const IDLE_MS = 60_000
/** Native decoders leak a little; a fresh process costs less than finding out how much. */
const TASKS_PER_PROCESS = 500

/**
 * Decoding what strangers send happens in processes of its own: what crashes, hangs or eats its memory is one of
 * them. They get no environment, so no secrets. One task per process and per owner at a time; who comes while all
 * are busy waits, and the queue has an end.
 */
export class DecoderPool {
  private readonly waiting: Waiting[] = []
  private readonly owners = new Set<string>()
  private readonly processes = new Set<Decoder>()

  constructor(private readonly settings: PoolSettings) {}

  /** Errors: `busy` when too many wait already. */
  run(owner: string, task: DecodeTask): Promise<DecodeOutcome> {
    if (this.waiting.length >= this.settings.decodeQueueMax)
      throw new AppError('busy', { retryAfterSeconds: 5, detail: 'decoder queue' })
    return new Promise((settle) => {
      this.waiting.push({ owner, task, settle })
      this.next()
    })
  }

  /** Process ids, for tests and measurements. */
  pids(): number[] {
    return [...this.processes].flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  }

  private next(): void {
    const index = this.waiting.findIndex(({ owner }) => !this.owners.has(owner))
    const decoder = index === -1 ? null : this.freeDecoder()
    if (!decoder) return
    const [work] = this.waiting.splice(index, 1)
    if (!work) return
    this.owners.add(work.owner)
    void decoder.decode(work.task).then((outcome) => {
      this.owners.delete(work.owner)
      work.settle(outcome)
      this.next()
    })
    this.next()
  }

  private freeDecoder(): Decoder | null {
    for (const decoder of this.processes) if (decoder.isFree) return decoder
    if (this.processes.size >= this.settings.decoders) return null
    const decoder = new Decoder(this.settings.decodeTimeoutMs, () => this.processes.delete(decoder))
    this.processes.add(decoder)
    return decoder
  }
}

/** One process and the task that it has. */
class Decoder {
  private readonly child: ChildProcess
  private current: { serial: number; settle: (outcome: DecodeOutcome) => void } | null = null
  private serial = 0
  private isEnding = false
  private idle: NodeJS.Timeout | undefined

  constructor(
    private readonly timeoutMs: number,
    private readonly onEnd: () => void,
  ) {
    this.child = startProcess()
    this.child.on('message', (reply: DecodeReply) => this.answered(reply))
    this.child.on('exit', () => this.ended('exit'))
    this.child.on('error', () => this.ended('exit'))
    // The portal ends when its server does; a decoder is no reason to stay.
    this.child.unref()
    this.child.channel?.unref()
  }

  get isFree(): boolean {
    return this.current === null && !this.isEnding
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  decode(task: DecodeTask): Promise<DecodeOutcome> {
    clearTimeout(this.idle)
    const serial = ++this.serial
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.ended('timeout'), this.timeoutMs)
      this.current = {
        serial,
        settle: (outcome) => {
          clearTimeout(timer)
          resolve(outcome)
        },
      }
      this.child.send({ ...task, serial }, (error) => {
        if (error) this.ended('exit')
      })
    })
  }

  private answered(reply: DecodeReply): void {
    const { current } = this
    if (current?.serial !== reply.serial) return
    this.current = null
    if (this.serial >= TASKS_PER_PROCESS) this.ended('exit')
    else this.idle = setTimeout(() => this.ended('exit'), IDLE_MS).unref()
    current.settle(reply.answer)
  }

  private ended(how: 'exit' | 'timeout'): void {
    const { current } = this
    this.current = null
    if (!this.isEnding) {
      this.isEnding = true
      clearTimeout(this.idle)
      this.child.kill('SIGKILL')
      this.onEnd()
    }
    current?.settle({ state: 'died', how })
  }
}

/** Beside the bundle lies the decoder's own bundle; from sources it is run by tsx, as the scripts are. */
function startProcess(): ChildProcess {
  const bundle = join(__dirname, 'decoder.cjs')
  const isBundled = existsSync(bundle)
  return fork(isBundled ? bundle : join(__dirname, 'main.ts'), {
    cwd: projectRoot(),
    execArgv: ['--max-old-space-size=256', ...(isBundled ? [] : ['--import', 'tsx'])],
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
  })
}

const pools = new Map<string, DecoderPool>()

/** The pool of this process; there is one for each way in which it was ever configured, so tests share theirs. */
export function decoderOf(settings: PoolSettings): DecoderPool {
  const { decoders, decodeTimeoutMs, decodeQueueMax } = settings
  const key = `${decoders}/${decodeTimeoutMs}/${decodeQueueMax}`
  const existing = pools.get(key)
  if (existing) return existing
  const pool = new DecoderPool(settings)
  pools.set(key, pool)
  return pool
}
