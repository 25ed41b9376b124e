import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { findBulks } from './bulk-store'
import type { BulkRow, MessageState, TallyRow } from './entities'
import { restsNow } from './rest-store'
import { restWords } from './rest-words'
import { tallyOfBulk } from './tally-store'

type Final = Exclude<MessageState, 'due'>

export interface BulkProgress {
  readonly state: BulkRow['state']
  /** Rows that exist. */
  readonly made: number
  readonly waiting: number
  readonly final: Readonly<Record<Final, number>>
  readonly channels: readonly {
    readonly channel: string
    readonly sent: number
    readonly refused: number
    readonly failed: number
    readonly unknown: number
    readonly costFen: number
    /** Why it rests, in words; null while it works. */
    readonly paused: string | null
  }[]
  /** Of the last minute in which somebody asked; null while nobody can say. */
  readonly perSecond: number | null
  readonly etaAt: number | null
  readonly stoppedAt: number | null
  readonly asOf: number
}

/** How far a bulk has been carried, counted from the tally and never from the rows. */
export async function bulkProgress(reader: Reader, ctx: Ctx, bulkId: string): Promise<BulkProgress> {
  const bulk = (await findBulks(reader, [bulkId])).get(bulkId)
  if (!bulk) throw new Error(`There is no bulk ${bulkId}.`)
  const tally = await tallyOfBulk(reader, bulkId)
  const ofMessages = (state: string): number =>
    sum(tally, (row) => row.channel === 'inbox' && row.state === state)
  const final = {
    sent: ofMessages('sent'),
    inbox: ofMessages('inbox'),
    unknown: ofMessages('unknown'),
    failed: ofMessages('failed'),
    expired: ofMessages('expired'),
    cancelled: ofMessages('cancelled'),
    dropped: ofMessages('dropped'),
  }
  const made = ofMessages('made')
  const over = Object.values(final).reduce((total, n) => total + n, 0)
  const waiting = Math.max(0, made - over)
  const now = ctx.clock.now()
  const perSecond = bulk.state === 'stopped' ? null : await speedOf(ctx, bulkId, { at: now, over })
  return {
    state: bulk.state,
    made,
    waiting,
    final,
    channels: await channelsOf(reader, tally, waiting > 0),
    perSecond,
    etaAt: perSecond === null || waiting === 0 ? null : now + Math.ceil((waiting / perSecond) * 1000),
    stoppedAt: bulk.stoppedAt === null ? null : Number(bulk.stoppedAt),
    asOf: now,
  }
}

function sum(tally: readonly TallyRow[], wanted: (row: TallyRow) => boolean): number {
  return tally.filter(wanted).reduce((total, row) => total + Number(row.n), 0)
}

/** Every channel that carried something; and, while something waits, those that rest, which is why it may wait. */
async function channelsOf(
  reader: Reader,
  tally: readonly TallyRow[],
  isWaiting: boolean,
): Promise<BulkProgress['channels']> {
  const rests = (await restsNow(reader)).filter(({ templateId }) => templateId === '*')
  const named = [...tally, ...(isWaiting ? rests : [])].map(({ channel }) => channel)
  const names = [...new Set(named)].filter((name) => name !== 'inbox').sort()
  return names.map((channel) => {
    const count = (state: string): number =>
      sum(tally, (row) => row.channel === channel && row.state === state)
    const rest = rests.find((row) => row.channel === channel)
    return {
      channel,
      sent: count('delivered'),
      refused: count('refused'),
      failed: count('failed'),
      unknown: count('unknown'),
      costFen: tally
        .filter((row) => row.channel === channel)
        .reduce((total, row) => total + Number(row.costFen), 0),
      paused: rest ? restWords(rest) : null,
    }
  })
}

const WINDOW_MS = 60_000
interface Sample {
  readonly at: number
  readonly over: number
}

/** Messages per second since the oldest look of the last minute. Lost with the cache, and then there is none for a moment. */
async function speedOf(ctx: Ctx, bulkId: string, now: Sample): Promise<number | null> {
  const key = `message-bulk-speed:${bulkId}`
  const kept = await ctx.cache.get(key)
  const samples = (kept === null ? [] : (JSON.parse(kept) as Sample[])).filter(
    (sample) => sample.at <= now.at && now.at - sample.at <= WINDOW_MS,
  )
  await ctx.cache.set(key, JSON.stringify([...samples, now].slice(-60)), WINDOW_MS)
  const oldest = samples[0]
  if (!oldest || now.at - oldest.at < 1000 || now.over <= oldest.over) return null
  return Math.round(((now.over - oldest.over) / ((now.at - oldest.at) / 1000)) * 10) / 10
}
