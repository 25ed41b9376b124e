/** One act that waits for the network, as it is kept on the telephone. */
export interface WaitingAct {
  readonly clientId: string
  readonly name: string
  /** Without its client id. */
  readonly input: object
  readonly title: string
  readonly at: number
}

/** What became of an act that had to wait; shown until somebody has seen it. */
export interface Told {
  readonly clientId: string
  readonly title: string
  readonly at: number
  /** Why it was refused, in the server's words; null where it was done. */
  readonly refused: string | null
}

export interface Waiting {
  readonly acts: readonly WaitingAct[]
  readonly told: readonly Told[]
}

/** The server and the telephone's memory, handed in so that tests can play them. */
export interface LinePorts {
  load(): Waiting
  /** Throws when the telephone has no room. */
  keep(waiting: Waiting): void
  send(act: WaitingAct): Promise<unknown>
  /** No answer, or none that decides anything. */
  isUnsure(error: unknown): boolean
  messageOf(error: unknown): string
  /** Somebody is signed in who can send. */
  ready(): boolean
  nowMs(): number
  newClientId(): string
}

const mostWaiting = 50
const mostTold = 20

/**
 * What residents did without a network: kept before they are told so, sent in order, one at a time, each under the id
 * of its first attempt, so that an act whose answer was lost on the way is not done twice.
 */
export class WaitingLine {
  private running: Promise<void> | null = null
  private hear: (waiting: Waiting) => void = () => undefined

  constructor(private readonly ports: LinePorts) {}

  listen(hear: (waiting: Waiting) => void): void {
    this.hear = hear
  }

  get waiting(): Waiting {
    return this.ports.load()
  }

  /** Whether something of the same part of the portal must go first, such as another turn of the same switch. */
  isBehind(name: string): boolean {
    return this.waiting.acts.some((act) => partOf(act.name) === partOf(name))
  }

  /**
   * Keeps an act. The same wish once more is the one that waits already; a form that was changed meanwhile is another
   * wish, under an id of its own, because the first may have arrived. Throws when it could not be kept.
   */
  add(act: WaitingAct): void {
    const { acts, told } = this.waiting
    const isSame = (one: WaitingAct): boolean =>
      one.name === act.name && JSON.stringify(one.input) === JSON.stringify(act.input)
    if (acts.some(isSame)) return
    const taken = acts.some(({ clientId }) => clientId === act.clientId)
    if (acts.length >= mostWaiting) throw new Error('too many acts wait')
    this.change({ acts: [...acts, taken ? { ...act, clientId: this.ports.newClientId() } : act], told })
  }

  /** Takes an act back that has not been sent. */
  cancel(clientId: string): void {
    const { acts, told } = this.waiting
    this.change({ acts: acts.filter((act) => act.clientId !== clientId), told })
  }

  seen(): void {
    this.change({ acts: this.waiting.acts, told: [] })
  }

  /** Sends until nothing waits or the network is gone again. Calls meanwhile share one run. */
  run(): Promise<void> {
    this.running ??= this.sendAll().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async sendAll(): Promise<void> {
    for (let act = this.waiting.acts[0]; act && this.ports.ready(); act = this.waiting.acts[0]) {
      const refused = await this.send(act)
      if (refused === 'later') return
      const { acts, told } = this.waiting
      const { clientId, title } = act
      this.change({
        acts: acts.filter((one) => one.clientId !== clientId),
        told: [...told, { clientId, title, at: this.ports.nowMs(), refused }].slice(-mostTold),
      })
    }
  }

  private async send(act: WaitingAct): Promise<string | null | 'later'> {
    try {
      await this.ports.send(act)
      return null
    } catch (error) {
      return this.ports.isUnsure(error) ? 'later' : this.ports.messageOf(error)
    }
  }

  private change(waiting: Waiting): void {
    this.ports.keep(waiting)
    this.hear(waiting)
  }
}

const partOf = (name: string): string => name.slice(0, name.indexOf('.'))
