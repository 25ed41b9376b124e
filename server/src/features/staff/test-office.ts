import { ScureBase32Plugin, generateSync } from 'otplib'
import { inTransaction } from '../../core/db/database'
import type { Edge } from '../../core/http/implement'
import type { TestApp } from '../../testing/harness'
import type { Ctx } from '../../platforms/context'
import { authenticate } from './authenticate'
import { confirmCode } from './confirm-code'
import type { StaffAccountRow } from './entities'
import { makeAccount, type NewAccount } from './make-account'
import { hashPassword } from './password-hash'
import { signInStaff } from './sign-in-staff'

export const GOOD_PASSWORD = '松海园的雪 41 号楼下'
let hash: Promise<string> | null = null

/** An account with the good password; one hash for all, because each costs a tenth of a second. */
export async function buildAccount(app: TestApp, over: Partial<NewAccount> = {}): Promise<StaffAccountRow> {
  hash ??= hashPassword(GOOD_PASSWORD)
  const passwordHash = await hash
  return inTransaction(app.ctx(), (tx) =>
    makeAccount(tx, app.ctx(), {
      loginName: 'wangxiao',
      name: '王晓',
      phone: null,
      roles: ['agent'],
      companies: null,
      areaIds: null,
      teamId: null,
      skills: [],
      passwordHash,
      oneTime: false,
      totpSecret: null,
      ...over,
    }),
  )
}

/** A browser as far as signing in needs one: it keeps the console's cookie. */
export function browser(agent = 'test browser'): Edge & { token(): string | null } {
  let kept: string | null = null
  return {
    agent,
    cookie: () => kept,
    setCookie: (_, value) => {
      kept = value
    },
    token: () => kept,
  }
}

export const SECRET = new ScureBase32Plugin().encode(Buffer.alloc(20, 5), { padding: false })

/** The code an authenticator app shows at this moment of the test's clock. */
export function codeAt(app: TestApp, secret: string, offsetMs = 0): string {
  return generateSync({ secret, epoch: Math.floor((app.clock.now() + offsetMs) / 1000) })
}

/** Signs in all the way; the browser has the cookie then. */
export async function signInWith(
  app: TestApp,
  given: { loginName: string; password?: string; secret?: string; ctx?: Ctx },
): Promise<ReturnType<typeof browser>> {
  const ctx = given.ctx ?? app.ctx()
  const edge = browser()
  const { loginName, password = GOOD_PASSWORD } = given
  const first = await signInStaff(ctx, { loginName, password }, edge)
  if (first.step === 'done') return edge
  const secret = first.step === 'enrol' ? first.secret : (given.secret ?? SECRET)
  await confirmCode(ctx, { challenge: first.challenge, code: codeAt(app, secret) }, edge)
  return edge
}

/** Who the console takes this browser for. */
export function whoIs(app: TestApp, edge: ReturnType<typeof browser>): ReturnType<typeof authenticate> {
  return authenticate(app.ctx(), edge.token() ?? '', false)
}
