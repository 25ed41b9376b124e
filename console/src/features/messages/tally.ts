import type { MessageReport } from '../../api/types'

type Row = MessageReport['rows'][number]

const counts = ['sent', 'delivered', 'refused', 'failed', 'unknown', 'costFen'] as const
export type Counts = Readonly<Record<(typeof counts)[number], number>>

export interface KindTally extends Counts {
  readonly template: string
  readonly title: string
  /** Messages in residents' inboxes; the counts are the attempts to push them over channels. */
  readonly messages: number
  /** Newest day first; within a day by channel. */
  readonly lines: readonly (Counts & { readonly day: string; readonly channel: string })[]
}

const none: Counts = { sent: 0, delivered: 0, refused: 0, failed: 0, unknown: 0, costFen: 0 }

function plus(one: Counts, other: Counts): Counts {
  const sum = { ...none } as Record<(typeof counts)[number], number>
  for (const name of counts) sum[name] = one[name] + other[name]
  return sum
}

const ourInbox = 'inbox'
const pushes = (rows: readonly Row[]): Counts => summed(rows.filter(({ channel }) => channel !== ourInbox))
const messagesOf = (rows: readonly Row[]): number =>
  summed(rows.filter(({ channel }) => channel === ourInbox)).sent

const summed = (rows: readonly Counts[]): Counts => rows.reduce(plus, none)

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

/** One line per kind, what is sent most first; below it one per day and channel, companies together. */
export function byKind(rows: readonly Row[]): KindTally[] {
  return [...grouped(rows, ({ template }) => template)]
    .map(([template, ofKind]) => ({
      template,
      title: ofKind[0]?.title ?? template,
      messages: messagesOf(ofKind),
      ...pushes(ofKind),
      lines: [...grouped(ofKind, ({ day, channel }) => `${day} ${channel}`)]
        .map(([, same]) => ({
          day: same[0]?.day ?? '',
          channel: same[0]?.channel ?? '',
          ...summed(same),
        }))
        .sort((one, other) => other.day.localeCompare(one.day) || one.channel.localeCompare(other.channel)),
    }))
    .sort((one, other) => other.messages - one.messages || one.template.localeCompare(other.template))
}

export const totalOf = (rows: readonly Row[]): Counts & { readonly messages: number } => ({
  messages: messagesOf(rows),
  ...pushes(rows),
})

/** Of a budget, 0 to 100; a budget of nothing is used up by the first fen. */
export function usedPercent(costFen: number, budgetFen: number): number {
  if (budgetFen <= 0) return costFen > 0 ? 100 : 0
  return Math.min(100, Math.floor((costFen / budgetFen) * 100))
}
