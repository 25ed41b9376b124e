import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { inTransaction, type Tx } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import type { Platforms } from '../../platforms'
import { buildHousehold, buildResident } from '../../testing/factories'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import { buildReadyFile } from '../../testing/ready-file'
import { catalogueVersionTable } from '../catalogue/entities'
import type { FileKind } from '../files/schema'
import { newCipher, storeBytes } from '../files/stored-bytes'
import { areaTable } from '../households/entities'
import { sessionTable } from '../identity/entities'
import type { StaffRole } from '../staff/schema'
import { staffAccountTable, staffTeamTable } from '../staff/entities'
import type { Actor } from './actor'
import { createRequest, type NewRequest } from './create-request'
import type { ClockRow, RequestRow, StepRow } from './entities'
import { type MoveInput } from './move-one'
import { moveRequest } from './move-request'
import { requestsOperations } from './schema'
import { lockRequest } from './store'
import { newRequest, TEST_CATALOGUE } from './test-catalogue'

export const staffActor = (...roles: StaffRole[]): Actor => ({
  kind: 'staff',
  id: '01STAFF0000000000000000000',
  name: '王客服',
  roles,
})

type Operation = keyof typeof requestsOperations
type Answer<N extends Operation> = z.output<(typeof requestsOperations)[N]['output']>
export interface Reply<N extends Operation> {
  readonly status: number
  /** Held to the contract; null when it was refused. */
  readonly ok: Answer<N> | null
  readonly error: { code: string; message: string } | null
}

/** A client over HTTP. */
export class Phone {
  constructor(
    private readonly app: TestApp,
    private readonly headers: Record<string, string>,
  ) {}

  async call<N extends Operation>(
    name: N,
    input: object,
    clientId = `client-${this.app.ctx().ids.next()}`,
  ): Promise<Reply<N>> {
    const operation = requestsOperations[name]
    const headers = { ...this.headers, 'content-type': 'application/json' }
    const answer =
      operation.method === 'GET'
        ? await fetch(`${this.app.url}/api/${name}?${new URLSearchParams(input as Record<string, string>)}`, {
            headers,
          })
        : await fetch(`${this.app.url}/api/${name}`, {
            method: 'POST',
            headers,
            body: JSON.stringify({ clientId, ...input }),
          })
    const body = (await answer.json()) as { error?: { code: string; message: string } }
    if (!answer.ok) return { status: answer.status, ok: null, error: body.error ?? null }
    return { status: answer.status, ok: operation.output.parse(body) as Answer<N>, error: null }
  }

  /** The same when it must succeed. */
  async ok<N extends Operation>(name: N, input: object, clientId?: string): Promise<Answer<N>> {
    const reply = await this.call(name, input, clientId)
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`)
    return reply.ok
  }

  fetch(path: string): Promise<Response> {
    return fetch(`${this.app.url}${path}`, { headers: this.headers })
  }
}

/** Everything that tests of requests need: a portal, a catalogue, people and places, and short ways to act. */
export class RequestDesk {
  private constructor(readonly app: TestApp) {}

  static async open(
    engine: TestEngine,
    config: { [section: string]: unknown } = {},
    platforms: Partial<Platforms> = {},
  ): Promise<RequestDesk> {
    const app = await startApp({ engine, config, platforms })
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) =>
      tx.insert(
        catalogueVersionTable,
        ['heating', 'gas'].map((companyId) => ({
          companyId,
          version: 1,
          body: JSON.stringify(TEST_CATALOGUE),
          note: '测试',
          byId: null,
          byName: null,
          createdAt: ctx.clock.now(),
        })),
      ),
    )
    return new RequestDesk(app)
  }

  resident(): Promise<{ id: string }> {
    return buildResident(this.app)
  }

  /** A household that these residents have bound, in a unit of a building of a community. */
  async household(
    members: readonly string[],
    place: { community?: string; building?: string; unit?: string } = {},
  ): Promise<{ id: string; unitId: string; buildingId: string }> {
    const household = await buildHousehold(this.app, { members })
    const names = ['东港区', place.community ?? '松海园', place.building ?? '41号楼', place.unit ?? '6单元']
    const kinds = ['district', 'community', 'building', 'unit']
    const ctx = this.app.ctx()
    const ids: string[] = []
    for (const [index, name] of names.entries()) {
      const fullName = names.slice(0, index + 1).join('/')
      const [known] = await this.rows<{ id: string }>('SELECT id FROM area WHERE fullName = ?', [fullName])
      const id = known?.id ?? ctx.ids.next()
      const parentId = ids.at(-1) ?? null
      ids.push(id)
      if (known) continue
      await inTransaction(ctx, (tx) =>
        tx.insert(areaTable, {
          id,
          companyId: 'heating',
          tree: 'place',
          kind: kinds[index] ?? '',
          name,
          fullName,
          parentId,
          path: `${ids.join('/')}/`,
          contactSealed: null,
          createdAt: 0,
        }),
      )
    }
    const [, , buildingId = '', unitId = ''] = ids
    await this.change('UPDATE household SET placeId = ? WHERE id = ?', [unitId, household.id])
    return { id: household.id, unitId, buildingId }
  }

  /** A file that is ready to be attached. */
  async file(
    ownerId: string,
    kind: FileKind = 'image',
    ownerKind: 'resident' | 'staff' = 'resident',
  ): Promise<string> {
    return buildReadyFile(this.app, { kind: ownerKind, id: ownerId }, kind)
  }

  /** The same with bytes behind it, so that it can be fetched. */
  async storedFile(
    ownerId: string,
    text: string,
    ownerKind: 'resident' | 'staff' = 'resident',
  ): Promise<string> {
    const ctx = this.app.ctx()
    const id = await this.file(ownerId, 'image', ownerKind)
    const cipherSealed = newCipher(ctx)
    const path = join(tmpdir(), `yihu-${id}`)
    writeFileSync(path, text)
    const stored = await storeBytes(ctx, { path, key: `key-${id}`, cipherSealed, variant: 'main' })
    rmSync(path)
    await this.change('UPDATE stored_file SET cipherSealed = ?, bytes = ?, sha256 = ? WHERE id = ?', [
      cipherSealed,
      stored.bytes,
      stored.sha256,
      id,
    ])
    return id
  }

  /** Signs a resident in and answers how they call the portal, over HTTP. */
  async phone(residentId: string, channel = 'alipay-mini'): Promise<Phone> {
    const ctx = this.app.ctx()
    const token = ctx.ids.token(16)
    const now = ctx.clock.now()
    await inTransaction(ctx, (tx) =>
      tx.insert(sessionTable, {
        id: ctx.ids.next(),
        tokenHash: sha256(token),
        residentId,
        identityId: null,
        channel,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + 3_600_000_000,
        endedAt: null,
      }),
    )
    return new Phone(this.app, { authorization: `Bearer ${token}` })
  }

  /** Somebody who is not signed in. */
  stranger(): Phone {
    return new Phone(this.app, {})
  }

  /** Somebody at work with a bound wallet, whose messages can be read. */
  async worker(
    roles: readonly StaffRole[],
    over: { teamId?: string; name?: string } = {},
  ): Promise<{ id: string; walletId: string }> {
    const { id: walletId } = await this.resident()
    const { ids, clock } = this.app.ctx()
    const id = ids.next()
    await inTransaction(this.app.ctx(), (tx) =>
      tx.insert(staffAccountTable, {
        id,
        loginName: `u${id.toLowerCase().slice(-20)}`,
        name: over.name ?? '孙建国',
        phoneSealed: null,
        roles: JSON.stringify(roles),
        companies: null,
        areaIds: null,
        teamId: over.teamId ?? null,
        skills: '[]',
        state: 'active',
        passwordHash: '',
        passwordSetAt: 0,
        mustChangePassword: 0,
        totpSealed: null,
        totpStep: 0,
        walletResidentId: walletId,
        presence: 'online',
        lastSeenAt: clock.now(),
        seal: '',
        createdAt: clock.now(),
        updatedAt: clock.now(),
      }),
    )
    return { id, walletId }
  }

  async team(leadId: string | null): Promise<string> {
    const { ids } = this.app.ctx()
    const id = ids.next()
    await inTransaction(this.app.ctx(), (tx) =>
      tx.insert(staffTeamTable, {
        id,
        companyId: 'heating',
        name: '维修班',
        leadId,
        areaIds: '[]',
        createdAt: 0,
        updatedAt: 0,
      }),
    )
    return id
  }

  /** Makes a request without the checks of an act. */
  async make(over: Partial<NewRequest> = {}): Promise<RequestRow> {
    const { row } = await inTransaction(this.app.ctx(), (tx) =>
      createRequest(tx, this.app.ctx(), newRequest(over)),
    )
    return row
  }

  /** Makes a move; `after` runs in the same transaction, before it commits. */
  async move(
    request: string | RequestRow,
    move: MoveInput['move'],
    over: Partial<MoveInput> = {},
    after: () => Promise<void> = async () => undefined,
  ): Promise<RequestRow> {
    const id = typeof request === 'string' ? request : request.id
    return inTransaction(this.app.ctx(), async (tx) => {
      const moved = await this.moveIn(tx, await lockRequest(tx, id), move, over)
      await after()
      return moved
    })
  }

  moveIn(
    tx: Tx,
    request: RequestRow,
    move: MoveInput['move'],
    over: Partial<MoveInput> = {},
  ): Promise<RequestRow> {
    const by = staffActor('agent', 'dispatcher', 'supervisor', 'worker')
    return moveRequest(tx, this.app.ctx(), { request, move, by, ...over })
  }

  request(id: string): Promise<RequestRow> {
    return this.one<RequestRow>('SELECT * FROM request WHERE id = ?', [id])
  }

  async clocks(requestId: string): Promise<Record<string, ClockRow>> {
    const rows = await this.rows<ClockRow>('SELECT * FROM request_clock WHERE requestId = ? ORDER BY round', [
      requestId,
    ])
    return Object.fromEntries(
      rows.map((row) => [row.round === 1 ? row.kind : `${row.kind}${row.round}`, row]),
    )
  }

  steps(requestId: string): Promise<StepRow[]> {
    return this.rows<StepRow>('SELECT * FROM request_step WHERE requestId = ? ORDER BY id', [requestId])
  }

  /** What was said to one resident, oldest first: the state and the remark of each message. */
  async told(residentId: string): Promise<string[]> {
    const rows = await this.rows<{ facts: string }>(
      'SELECT facts FROM message WHERE residentId = ? ORDER BY id',
      [residentId],
    )
    return rows.map(({ facts }) => {
      const { state = '', remark = '' } = JSON.parse(facts) as Record<string, string>
      return `${state}｜${remark}`
    })
  }

  rows<Row>(sql: string, params: (string | number)[] = []): Promise<Row[]> {
    return this.app.ctx().db.reader.query<Row>(sql, params)
  }

  async one<Row>(sql: string, params: (string | number)[] = []): Promise<Row> {
    const [row] = await this.rows<Row>(sql, params)
    if (!row) throw new Error(`no row: ${sql}`)
    return row
  }

  change(sql: string, params: (string | number | null)[]): Promise<number> {
    return inTransaction(this.app.ctx(), (tx) => tx.execute(sql, params))
  }

  close(): Promise<void> {
    return this.app.close()
  }
}
