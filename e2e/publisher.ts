import { until } from '../scripts/processes'
import { Agent } from './mini/agent'
import type { Stack } from './stack'

const HOUR_MS = 3_600_000
const COUNT_TIMEOUT_MS = 10_000

export interface NoticeWords {
  readonly companyId: string
  readonly kind: 'planned' | 'emergency' | 'general'
  readonly title: string
  readonly words: string
  readonly reasonWords: string
  /** Hours from now; null while nobody knows. */
  readonly startsInHours: number | null
  readonly endsInHours: number | null
  /** Knots of the place tree, each found by a word of its name. */
  readonly places: readonly string[]
  readonly accountNos: readonly string[]
}

interface DeskNotice {
  readonly notice: { readonly id: string; readonly revision: number; readonly state: string }
}
interface Preview {
  readonly preview: { readonly state: string; readonly residents: number; readonly needsApproval: boolean }
}

const inHours = (hours: number | null): number | null =>
  hours === null ? null : Math.round(Date.now() + hours * HOUR_MS)

/** The seeded publisher at the console's API, as the browser there would speak to it: counted, then published. */
export class Publisher {
  private readonly agent: Agent
  private acts = 0

  private constructor(stack: Stack) {
    this.agent = new Agent(stack, 'linjing')
  }

  static async signedIn(stack: Stack): Promise<Publisher> {
    const publisher = new Publisher(stack)
    await publisher.agent.signIn()
    return publisher
  }

  /** Gives the id of a notice that residents see from now on. */
  async publish(said: NoticeWords): Promise<string> {
    const { places, accountNos, startsInHours, endsInHours, ...draft } = said
    const areaIds = await Promise.all(places.map((name) => this.placeOf(said.companyId, name)))
    const { notice } = (await this.act('notices.saveDraft', {
      ...draft,
      phone: '96123',
      startsAt: inHours(startsInHours),
      endsAt: inHours(endsInHours),
      cutsSupply: said.kind !== 'general',
      audience: { areaIds, accountNos },
    })) as unknown as DeskNotice
    const residents = await this.count(notice.id, notice.revision)
    await this.act('notices.submit', {
      noticeId: notice.id,
      revision: notice.revision,
      expectedResidents: residents,
      leadReason: '设备突然坏了，不能再等',
    })
    const after = await this.read(notice.id)
    if (after.state !== 'live') throw new Error(`the notice is ${after.state}, not published`)
    return notice.id
  }

  /** Everybody who was told hears that it takes longer. */
  async extend(noticeId: string, endsInHours: number, reason: string): Promise<void> {
    await this.change('notices.extend', noticeId, { endsAt: inHours(endsInHours), reason })
  }

  /** Supply is back, and everybody is asked. */
  async restore(noticeId: string): Promise<void> {
    await this.change('notices.restore', noticeId, { words: '' })
  }

  /** Whoever was not told yet is not told any more. */
  async stop(noticeId: string, reason: string): Promise<void> {
    await this.change('notices.stop', noticeId, { reason })
  }

  /** It does not take place after all. */
  async cancel(noticeId: string, reason: string): Promise<void> {
    await this.change('notices.cancel', noticeId, { reason })
  }

  private async change(name: string, noticeId: string, input: object): Promise<void> {
    const { revision } = await this.read(noticeId)
    await this.act(name, { noticeId, revision, ...input })
  }

  private async read(noticeId: string): Promise<DeskNotice['notice']> {
    const answer = await this.agent.ask('GET', `notices.deskGet?noticeId=${noticeId}`)
    return (answer as unknown as DeskNotice).notice
  }

  /** The publisher counts before anything can be said; a city takes longer than a request may. */
  private async count(noticeId: string, revision: number): Promise<number> {
    let counted = (await this.act('notices.preview', { noticeId, revision })) as unknown as Preview
    await until(
      async () => {
        if (counted.preview.state === 'done') return true
        const path = `notices.readPreview?noticeId=${noticeId}&revision=${revision}`
        counted = (await this.agent.ask('GET', path)) as unknown as Preview
        return counted.preview.state === 'done'
      },
      {
        timeoutMs: COUNT_TIMEOUT_MS,
        everyMs: 50,
        timedOut: () => `the count is ${JSON.stringify(counted.preview)}`,
      },
    )
    return counted.preview.residents
  }

  private async placeOf(companyId: string, name: string): Promise<string> {
    const path = `notices.areas?companyId=${companyId}&tree=place&q=${encodeURIComponent(name)}`
    const { areas } = (await this.agent.ask('GET', path)) as unknown as {
      areas: { id: string; name: string; fullName: string }[]
    }
    const [found] = areas.filter((area) => area.fullName.includes(name))
    if (!found) throw new Error(`no place is called ${name}: ${JSON.stringify(areas).slice(0, 300)}`)
    return found.id
  }

  private act(name: string, input: object): ReturnType<Agent['ask']> {
    this.acts += 1
    const clientId = `e2e-publisher-${Date.now().toString(36)}-${String(this.acts).padStart(4, '0')}`
    return this.agent.ask('POST', name, { clientId, ...input })
  }
}
