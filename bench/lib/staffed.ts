import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Pool, RowDataPacket } from 'mysql2/promise'
import { run } from '../../scripts/run'
import { ROOT } from '../../scripts/sources'
import { type DemoAccount, seedStaff } from '../../scripts/staff-seed'
import { insertRows } from './orders'
import { type Server, startPortal, type World } from './world'

/** Somebody whose requests carry a session. */
export interface Caller {
  call<T>(operation: string, input?: object): Promise<T>
}

export interface Home extends Caller {
  readonly householdId: string
}

/** A portal at work: homes with residents, and people who serve them. */
export interface Staffed {
  readonly pool: Pool
  readonly portal: Server
  readonly homes: readonly Home[]
  readonly agent: Caller & { readonly cookie: string }
  readonly dispatcher: Caller
  readonly worker: Caller & { readonly staffId: string; readonly teamId: string }
}

let calls = 0
const clientId = (): string => `bench-${String(++calls).padStart(12, '0')}-${randomBytes(4).toString('hex')}`

async function ask<T>(
  port: number,
  operation: string,
  input: object | undefined,
  headers: Record<string, string>,
): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/${operation}`, {
    method: input ? 'POST' : 'GET',
    headers: { ...headers, ...(input ? { 'content-type': 'application/json' } : {}) },
    ...(input ? { body: JSON.stringify(input) } : {}),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${operation} answered ${answer.status}: ${text}`)
  return JSON.parse(text) as T
}

/** Writes carry a client id of their own; a name with a question mark is a read. */
const caller = (port: number, headers: Record<string, string>): Caller => ({
  call: (operation, input) =>
    ask(port, operation, operation.includes('?') ? undefined : { clientId: clientId(), ...input }, headers),
})

/** Imports the heating homes, moves residents in, and lets staff sign in as they would. */
export async function openStaffed(world: World, name: string, homes: number): Promise<Staffed> {
  const pool = await world.database(name)
  const portal = await startPortal(world, name)
  await importHomes(world, name)
  const people = (await seedStaff(configOf(world, name))) ?? []
  const residents = await moveIn(pool, portal.port, homes)
  const agent = await signIn(portal.port, named(people, 'wangxiao'))
  const dispatcher = await signIn(portal.port, named(people, 'liqiang'))
  const { staffId } = named(people, 'sun')
  const atConsole = await signIn(portal.port, named(people, 'sun'))
  const fieldWorker = await newcomer(pool, portal.port)
  const { code } = await atConsole.call<{ code: string }>('staff.makeBindCode', { staffId })
  await fieldWorker.call('staff.bindWallet', { code })
  await fieldWorker.call('field.setPresence', { presence: 'online' })
  return {
    pool,
    portal,
    homes: residents,
    agent,
    dispatcher,
    worker: { ...fieldWorker, staffId, teamId: await teamOf(pool, staffId) },
  }
}

const configOf = (world: World, name: string): string[] => [
  join(ROOT, 'config/default.yaml'),
  join(ROOT, 'config/demo.yaml'),
  join(world.dataDir, `${name}.yaml`),
]

async function importHomes(world: World, name: string): Promise<void> {
  const args = [
    '--import',
    'tsx',
    'scripts/import.ts',
    '--company',
    'heating',
    'data/demo/heating-2026-2027.csv',
  ]
  const refused = join(world.dataDir, 'refused.csv')
  const env = { YIHU_CONFIG: configOf(world, name).slice(1).join(':') }
  const ran = await run(process.execPath, [...args, '--refused', refused], { env })
  if (ran.code !== 0) throw new Error(`the import failed:\n${ran.output}`)
}

function named(people: readonly DemoAccount[], loginName: string): DemoAccount {
  const found = people.find((one) => one.loginName === loginName)
  if (!found) throw new Error(`the seed made no ${loginName}`)
  return found
}

async function teamOf(pool: Pool, staffId: string): Promise<string> {
  const [rows] = await pool.query<RowDataPacket[]>('SELECT teamId FROM staff_account WHERE id = ?', [staffId])
  return String(rows[0]?.['teamId'])
}

async function signIn(port: number, person: DemoAccount): Promise<Caller & { readonly cookie: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/staff.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName: person.loginName, password: person.password }),
  })
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  if (!answer.ok || cookie === '')
    throw new Error(`${person.loginName} could not sign in: ${await answer.text()}`)
  return { ...caller(port, { cookie, 'x-yihu-console': '1' }), cookie }
}

async function newcomer(pool: Pool, port: number): Promise<Caller> {
  const [person] = await residentsWithSessions(pool, port, 1, 990_000_000)
  if (!person) throw new Error('nobody came')
  return person.caller
}

async function residentsWithSessions(
  pool: Pool,
  port: number,
  count: number,
  from: number,
): Promise<{ id: string; caller: Caller }[]> {
  const now = Date.now()
  const made = Array.from({ length: count }, (_, index) => ({
    id: String(from + index).padStart(26, '0'),
    token: randomBytes(16).toString('hex'),
  }))
  await insertRows(
    pool,
    'resident',
    made.map(({ id }) => ({ id, elderMode: 0, createdAt: now })),
  )
  await insertRows(
    pool,
    'resident_session',
    made.map(({ id, token }) => ({
      id,
      tokenHash: createHash('sha256').update(token).digest('hex'),
      residentId: id,
      channel: 'h5',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 86_400_000,
    })),
  )
  return made.map(({ id, token }) => ({ id, caller: caller(port, { authorization: `Bearer ${token}` }) }))
}

/** Gives so many imported households a resident with a session. */
async function moveIn(pool: Pool, port: number, count: number): Promise<Home[]> {
  const [households] = await pool.query<RowDataPacket[]>('SELECT id FROM household ORDER BY id LIMIT ?', [
    count,
  ])
  if (households.length < count) throw new Error(`only ${households.length} households were imported`)
  const residents = await residentsWithSessions(pool, port, count, 980_000_000)
  await insertRows(
    pool,
    'binding',
    residents.map(({ id }, index) => ({
      id,
      residentId: id,
      householdId: String(households[index]?.['id']),
      role: 'owner',
      isDefault: 1,
      boundAt: Date.now(),
      activeSlot: 1,
    })),
  )
  return residents.map(({ caller: own }, index) => ({
    ...own,
    householdId: String(households[index]?.['id']),
  }))
}
