import type { Reader, Tx } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from './resident-aliases'
import { insertConsent, newestConsent } from './session-store'

type Purpose = Ctx['config']['privacy']['purposes'][number]

/** The hash of the very text that is shown for a purpose. */
export function textOfPurpose({ title, paragraphs }: Purpose): string {
  return sha256([title, ...paragraphs].join('\n'))
}

export interface ConsentState {
  /** `asked`: never decided; `older`: agreed to a text that has changed since, which counts for nothing. */
  readonly state: 'asked' | 'older' | 'granted' | 'refused'
  readonly at: number | null
}

/** What a resident last said to a purpose. Only a yes to the version of today is a yes (PIPL 14). */
export async function consentOf(
  reader: Reader,
  residentIds: readonly string[],
  purpose: Purpose,
): Promise<ConsentState> {
  const row = await newestConsent(reader, residentIds, purpose.id)
  if (row === null) return { state: 'asked', at: null }
  const at = Number(row.createdAt)
  if (row.granted !== 1) return { state: 'refused', at }
  const isToday = row.version === purpose.version && row.textSha256 === textOfPurpose(purpose)
  return { state: isToday ? 'granted' : 'older', at }
}

/** Whether somebody allows this now. A purpose that the configuration does not name is allowed by nobody. */
export async function hasConsent(ctx: Ctx, residentId: string, purposeId: string): Promise<boolean> {
  const purpose = ctx.config.privacy.purposes.find(({ id }) => id === purposeId)
  if (purpose === undefined) return false
  const { reader } = ctx.db
  return (await consentOf(reader, await residentAliases(reader, residentId), purpose)).state === 'granted'
}

/** Keeps a yes or a no to the text of today; rows are only added. */
export async function keepConsent(
  tx: Tx,
  ctx: Ctx,
  by: { readonly id: string; readonly channel: string },
  said: { readonly purpose: Purpose; readonly granted: boolean; readonly clientVersion: string },
): Promise<void> {
  const { purpose, granted, clientVersion } = said
  await insertConsent(tx, {
    id: ctx.ids.next(),
    residentId: by.id,
    purpose: purpose.id,
    version: purpose.version,
    textSha256: textOfPurpose(purpose),
    granted: granted ? 1 : 0,
    channel: by.channel,
    clientVersion,
    createdAt: ctx.clock.now(),
  })
}
