import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { insertBulk } from './bulk-store'
import { barePage } from './page'
import { clampUrgency } from './template-shape'
import { templateNamed } from './templates'

/** Begins to say one thing to very many: its words stand once, here. Answers the id that rows are added to. */
export async function openBulk(
  tx: Tx,
  ctx: Ctx,
  bulk: {
    companyId: string | null
    template: string
    title: string
    /** What all of them read; `household` is filled in from each row when it is sent. */
    facts: Readonly<Record<string, string>>
    page: string | null
    /** 0 urgent, 1 normal, 2 may wait. */
    urgency: number
    /** Later than this nothing is sent any more. */
    expiresAt: number
  },
): Promise<string> {
  templateNamed(bulk.template)
  const id = ctx.ids.next()
  await insertBulk(tx, {
    id,
    companyId: bulk.companyId,
    template: bulk.template,
    title: bulk.title,
    facts: JSON.stringify(bulk.facts),
    page: barePage(bulk.page),
    urgency: clampUrgency(bulk.urgency),
    state: 'spreading',
    expiresAt: bulk.expiresAt,
    createdAt: ctx.clock.now(),
    stoppedAt: null,
    endedAt: null,
  })
  return id
}
