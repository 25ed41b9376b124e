import type { Tx } from '../../core/db/database'
import type { SendOutcome } from '../../platforms'
import { dropCredits, emptyCredits, spendCredits } from './credit-store'
import type { Send } from './plan-message'

interface Group {
  readonly channel: string
  readonly templateId: string
  /** How often each resident's permission was used. */
  readonly used: Map<string, number>
  readonly none: Set<string>
  /** Ids that these people had before, whose permissions went the same way. */
  readonly earlier: Set<string>
}

/** What the answers of one batch say about permissions that are good for one message each. */
export class CreditChanges {
  private readonly groups = new Map<string, Group>()

  add(send: Send, outcome: SendOutcome): void {
    const { channel, platform } = send.choice
    const key = `${channel.name}|${platform.id}`
    const group = this.groups.get(key) ?? {
      channel: channel.name,
      templateId: platform.id,
      used: new Map<string, number>(),
      none: new Set<string>(),
      earlier: new Set<string>(),
    }
    this.groups.set(key, group)
    if (outcome.state === 'delivered')
      group.used.set(send.residentId, (group.used.get(send.residentId) ?? 0) + 1)
    // The platform is right about what the resident allows; our count only follows it.
    const isOver = outcome.advice === 'no-credit' || outcome.advice === 'window-closed'
    if (isOver) group.none.add(send.residentId)
    if (outcome.state === 'delivered' || isOver) for (const id of send.earlierIds) group.earlier.add(id)
  }

  async save(tx: Tx, nowMs: number): Promise<void> {
    for (const { channel, templateId, used, none, earlier } of this.groups.values()) {
      const key = { channel, templateId }
      for (let nth = 1; ; nth++) {
        const residents = [...used].filter(([, times]) => times >= nth).map(([id]) => id)
        if (residents.length === 0) break
        await spendCredits(tx, key, residents, nowMs)
      }
      await emptyCredits(tx, key, [...none], nowMs)
      // What was allowed under an account that is part of another one now is counted once and then forgotten.
      await dropCredits(tx, key, [...earlier])
    }
  }
}
