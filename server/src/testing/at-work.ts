import { inTransaction } from '../core/db/database'
import { sha256 } from '../core/ids'
import { staffSessionTable } from '../features/staff/entities'
import { insertAccount } from '../features/staff/account-store'
import type { StaffRole } from '../features/staff'
import { sessionTable } from '../features/identity/entities'
import { buildResident } from './factories'
import type { TestApp } from './harness'

/** Somebody at work with an open session of the console, and what a browser sends for them. */
export interface AtWork {
  readonly id: string
  readonly sessionId: string
  readonly token: string
  readonly headers: Readonly<Record<string, string>>
}

export interface AtWorkOptions {
  readonly loginName?: string
  readonly name?: string
  readonly companies?: readonly string[] | null
  readonly areaIds?: readonly string[] | null
  readonly teamId?: string | null
  readonly skills?: readonly string[]
  readonly walletResidentId?: string | null
  readonly passwordHash?: string
  readonly presence?: 'online' | 'away' | 'offline'
}

let serial = 0

/** An account and its session, without the cost of a password; nobody can sign in with it. */
export async function buildAtWork(
  app: TestApp,
  roles: readonly StaffRole[],
  how: AtWorkOptions = {},
): Promise<AtWork> {
  const ctx = app.ctx()
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const sessionId = ctx.ids.next()
  const token = ctx.ids.token(32)
  const json = (list: readonly string[] | null | undefined): string | null =>
    list === null || list === undefined ? null : JSON.stringify(list)
  await inTransaction(ctx, async (tx) => {
    await insertAccount(tx, ctx, {
      id,
      loginName: how.loginName ?? `someone${++serial}`,
      name: how.name ?? '测试员工',
      phoneSealed: null,
      roles: JSON.stringify(roles),
      companies: json(how.companies),
      areaIds: json(how.areaIds),
      teamId: how.teamId ?? null,
      skills: JSON.stringify(how.skills ?? []),
      state: 'active',
      passwordHash: how.passwordHash ?? 'none',
      passwordSetAt: now,
      mustChangePassword: 0,
      totpSealed: null,
      totpStep: 0,
      walletResidentId: how.walletResidentId ?? null,
      presence: how.presence ?? 'online',
      lastSeenAt: now,
      createdAt: now,
      updatedAt: now,
    })
    await tx.insert(staffSessionTable, {
      id: sessionId,
      staffId: id,
      tokenHash: sha256(token),
      ip: '127.0.0.1',
      agent: 'test',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + app.config.staff.absoluteHours * 3_600_000,
      endedAt: null,
    })
  })
  const headers = {
    cookie: `yihu_staff=${token}`,
    'x-yihu-console': '1',
    'content-type': 'application/json',
  }
  return { id, sessionId, token, headers }
}

/** A resident with a session, and what the mini-program sends for them. */
export async function buildSignedIn(
  app: TestApp,
): Promise<{ id: string; headers: Readonly<Record<string, string>> }> {
  const { id } = await buildResident(app)
  const ctx = app.ctx()
  const now = ctx.clock.now()
  const token = ctx.ids.token(16)
  await inTransaction(ctx, (tx) =>
    tx.insert(sessionTable, {
      id: ctx.ids.next(),
      tokenHash: sha256(token),
      residentId: id,
      identityId: null,
      channel: 'wechat-mini',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 86_400_000,
      endedAt: null,
    }),
  )
  return { id, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } }
}

/** A field worker: an account whose wallet is a signed-in resident's. */
export async function buildWorker(
  app: TestApp,
  roles: readonly StaffRole[] = ['worker'],
): Promise<{ id: string; residentId: string; headers: Readonly<Record<string, string>> }> {
  const wallet = await buildSignedIn(app)
  const { id } = await buildAtWork(app, roles, { walletResidentId: wallet.id })
  return { id, residentId: wallet.id, headers: wallet.headers }
}

/** Sends an operation the way a client does: reads in the query, writes as JSON. */
export function send(
  app: TestApp,
  operation: { readonly name: string; readonly method: string },
  headers: Readonly<Record<string, string>>,
  input: Record<string, unknown> = {},
): Promise<Response> {
  if (operation.method !== 'GET')
    return fetch(`${app.url}/api/${operation.name}`, {
      method: operation.method,
      headers,
      body: JSON.stringify(input),
    })
  const query = new URLSearchParams(
    Object.entries(input).map(([key, value]): [string, string] => [key, String(value)]),
  )
  return fetch(`${app.url}/api/${operation.name}?${query.toString()}`, { headers })
}
