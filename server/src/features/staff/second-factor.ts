import { generateURI, ScureBase32Plugin, verifySync } from 'otplib'
import type { CoreCtx } from '../../core/context'
import type { StaffRole } from './schema'

const PERIOD_SECONDS = 30
const base32 = new ScureBase32Plugin()

/** Who cannot sign in with a password alone (ASVS 6.3.3, 等保 8.1.4.1 d); for others it is their own choice. */
const NEEDED_FOR: readonly StaffRole[] = ['supervisor', 'security-admin', 'auditor']

export function needsSecondFactor(roles: readonly StaffRole[]): boolean {
  return roles.some((role) => NEEDED_FOR.includes(role))
}

/** 160 random bits in base32, as RFC 4226 recommends. */
export function newTotpSecret(ctx: Pick<CoreCtx, 'ids'>): string {
  return base32.encode(Buffer.from(ctx.ids.token(20), 'hex'), { padding: false })
}

/** What an authenticator app reads from a QR code. */
export function otpauthUrl(ctx: Pick<CoreCtx, 'config'>, loginName: string, secret: string): string {
  return generateURI({ issuer: ctx.config.portal.name, label: loginName, secret })
}

/**
 * The time step of a right code, or null. The step before and the one after are taken as well, because telephones'
 * clocks differ; none up to `usedStep`, so a code works once.
 */
export function stepOfCode(code: {
  readonly secret: string
  readonly token: string
  readonly usedStep: number
  readonly now: number
}): number | null {
  const epoch = Math.floor(code.now / 1000)
  const steps = Math.floor(epoch / PERIOD_SECONDS)
  // The library refuses to look behind the future, which a clock that was set back makes of a used step.
  if (code.usedStep > steps + 1) return null
  const result = verifySync({
    secret: code.secret,
    token: code.token,
    epoch,
    epochTolerance: PERIOD_SECONDS,
    ...(code.usedStep > 0 ? { afterTimeStep: code.usedStep } : {}),
  })
  return result.valid && 'timeStep' in result ? result.timeStep : null
}
