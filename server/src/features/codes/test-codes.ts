import { inTransaction } from '../../core/db/database'
import type { TestApp } from '../../testing/harness'
import { importGas } from '../billing/billing.fixture'
import { makeToken } from './code-token'
import type { HouseholdCodeRow } from './entities'
import { makeCode } from './make-code'

/** A household of the gas company with a bill of 85.25 yuan for October, its code and the code's token. */
export interface Coded {
  readonly householdId: string
  readonly accountNo: string
  readonly code: HouseholdCodeRow
  readonly token: string
}

let serial = 8_800_000

/** `changes` are fields of the billing system's export, by their headers. */
export async function codedHousehold(app: TestApp, changes: Record<string, string> = {}): Promise<Coded> {
  const accountNo = `000${++serial}`
  const result = await importGas(app, { [accountNo]: changes })
  const [row] = await rowsOf<{ id: string }>(app, 'SELECT id FROM household WHERE accountNo = ?', [accountNo])
  if (row === undefined) throw new Error(`no household was imported: ${JSON.stringify(result)}`)
  const ctx = app.ctx()
  const code = await inTransaction(ctx, (tx) =>
    makeCode(tx, ctx, { id: row.id, companyId: 'gas' }, 'staff:01STAFF0000000000000000000'),
  )
  return { householdId: row.id, accountNo, code, token: makeToken(ctx, code) }
}

export function rowsOf<Row>(app: TestApp, sql: string, params: (string | number)[] = []): Promise<Row[]> {
  return app.ctx().db.reader.query<Row>(sql, params)
}

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly error: { code: string; message: string } | null
}

/** A request over HTTP as a browser sends it; `bearer` is a session's token. */
export async function ask(
  app: TestApp,
  name: string,
  input: Record<string, unknown>,
  how: { readonly bearer?: string; readonly device?: string; readonly method?: 'GET' | 'POST' } = {},
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    ...(how.bearer === undefined ? {} : { authorization: `Bearer ${how.bearer}` }),
    ...(how.device === undefined ? {} : { 'x-yihu-device': how.device }),
  }
  const answer =
    how.method === 'GET'
      ? await fetch(`${app.url}/api/${name}?${new URLSearchParams(input as Record<string, string>)}`, {
          headers,
        })
      : await fetch(`${app.url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
  const body = (await answer.json()) as Record<string, unknown> & { error?: Answer['error'] }
  return { status: answer.status, body, error: body.error ?? null }
}

let clientIds = 0
export const clientId = (): string => `code-client-${String(++clientIds).padStart(8, '0')}`
