import type { Tx } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import type { StaffAccountRow } from './entities'
import { newTotpSecret, otpauthUrl } from './second-factor'
import { insertChallenge } from './session-store'

const CHALLENGE_MINUTES = 5
const CHALLENGE_TRIES = 5

export type Challenge =
  | { readonly step: 'second-factor'; readonly challenge: string }
  | {
      readonly step: 'enrol'
      readonly challenge: string
      readonly secret: string
      readonly otpauthUrl: string
    }

/** Remembers who has given the right password, and asks for the code; who has no second factor yet enrols. */
export async function beginChallenge(tx: Tx, ctx: Ctx, account: StaffAccountRow): Promise<Challenge> {
  const challenge = ctx.ids.token(32)
  const secret = account.totpSealed === null ? newTotpSecret(ctx) : null
  await insertChallenge(tx, {
    tokenHash: sha256(challenge),
    staffId: account.id,
    secretSealed: secret === null ? null : ctx.vault.seal(secret),
    triesLeft: CHALLENGE_TRIES,
    expiresAt: ctx.clock.now() + CHALLENGE_MINUTES * 60_000,
    usedAt: null,
  })
  if (secret === null) return { step: 'second-factor', challenge }
  return { step: 'enrol', challenge, secret, otpauthUrl: otpauthUrl(ctx, account.loginName, secret) }
}
