import { features } from './features'
import { permissions } from './features/staff/permissions'
import { type StaffRole, staffRole } from './features/staff/schema'
import { buildAtWork, buildSignedIn, buildWorker, send } from './testing/at-work'
import { eachEngine, startApp, type TestApp } from './testing/harness'
import type { ErrorBody } from './contract'
import type { Operation } from './core/http/operation'

/** Every operation of the portal that people at work may call, as the features list them (security.md 8.2.1). */
const atWork = features
  .flatMap((feature) => feature.routes)
  .filter(({ operation }) => operation.auth === 'staff' || operation.auth === 'worker')
  .map((route): { readonly name: string } & Operation => ({ name: route.name, ...route.operation }))
const table: Readonly<Record<string, readonly StaffRole[]>> = permissions
const roles = staffRole.options

test.each(atWork.map((operation) => [operation.name]))('%s has a line in the permission table', (name) => {
  expect(Object.keys(table)).toContain(name)
  expect(table[name]?.length).toBeGreaterThan(0)
})

test('only what pages send by themselves is a pulse that leaves no audit row', () => {
  const pulses = atWork.filter(({ isPulse }) => isPulse).map(({ name }) => name)
  expect(pulses).toEqual(['field.sendPlace', 'chatDesk.markRead', 'chatDesk.typing'])
})

test('the table names no operation that does not exist', () => {
  const served = new Set(atWork.map((operation) => operation.name))
  expect(Object.keys(table).filter((name) => !served.has(name))).toEqual([])
})

test('no line shows a resident’s data to the security administrator, and the audit is read by the auditor alone', () => {
  const ofResidents =
    /^(desk|dispatch|map|help|field|views|replies|chatDesk|chatReview|calls|payments|troubles|bills|households)\./
  const lines = Object.entries(table)
  const shown = lines.filter(([name]) => ofResidents.test(name)).flatMap(([, allowed]) => allowed)
  expect(shown).not.toContain('security-admin')
  const ofAudit = lines.filter(([name]) => name.startsWith('audit.')).map(([, allowed]) => allowed)
  expect(ofAudit).toEqual([['auditor'], ['auditor']])
  // 审计管理员 looks on and changes nothing but their own account.
  const writes = new Set(atWork.filter(({ method }) => method === 'POST').map(({ name }) => name))
  const ofAuditor = lines.filter(([name, allowed]) => writes.has(name) && allowed.includes('auditor'))
  expect(ofAuditor.map(([, allowed]) => allowed.length)).toEqual(ofAuditor.map(() => roles.length))
})

eachEngine((engine) => {
  // Who may call what is decided in the process; one engine is enough.
  if (engine !== 'sqlite')
    return test('the table does not depend on the engine', () => expect(engine).toBe('mariadb'))
  let app: TestApp
  const atDesk = new Map<StaffRole, Readonly<Record<string, string>>>()
  const field = new Map<StaffRole, Readonly<Record<string, string>>>()
  let resident: Readonly<Record<string, string>>
  beforeAll(async () => {
    const most = { limit: 100_000, windowMs: 60_000 }
    app = await startApp({
      engine,
      config: { limits: { perIp: most, staff: most, read: most, write: most } },
    })
    for (const role of roles) {
      atDesk.set(role, (await buildAtWork(app, [role])).headers)
      field.set(role, (await buildWorker(app, [role])).headers)
    }
    resident = (await buildSignedIn(app)).headers
  })
  afterAll(() => app.close())

  const auditRows = async (action: string): Promise<number> => {
    const rows = await app.ctx().db.reader.query('SELECT id FROM audit_log WHERE action = ?', [action])
    return rows.length
  }
  const refusal = async (answer: Response): Promise<[number, string]> => [
    answer.status,
    ((await answer.json()) as Partial<ErrorBody>).error?.code ?? 'answered',
  ]

  test.each(atWork.map((operation) => [operation.name, operation] as const))(
    '%s: nobody and residents are turned away, and of those at work everybody but whom the table names',
    async (name, operation) => {
      const json = { 'content-type': 'application/json' }
      expect(await refusal(await send(app, operation, json))).toEqual([401, 'unauthenticated'])
      expect(await refusal(await send(app, operation, resident))).toEqual(
        operation.auth === 'worker' ? [403, 'forbidden'] : [401, 'unauthenticated'],
      )
      const people = operation.auth === 'worker' ? field : atDesk
      // An empty input: who is let in is told that it is wrong, or gets an answer; nothing is written.
      const letIn: StaffRole[] = []
      const before = await auditRows(name)
      for (const role of roles) {
        const [status, code] = await refusal(await send(app, operation, people.get(role) ?? {}))
        if (status === 200 || code === 'invalid_input') letIn.push(role)
        else if (status !== 403 || code !== 'forbidden') throw new Error(`${role}: ${status} ${code}`)
      }
      expect(letIn).toEqual(roles.filter((role) => table[name]?.includes(role)))
      // Whoever was at work and tried to write left one row each, let in or not (security.md C32).
      const isAct = operation.method === 'POST' && !operation.isPulse
      expect((await auditRows(name)) - before).toBe(isAct ? roles.length : 0)
    },
  )

  test('a console’s cookie opens no worker’s operation, and a worker’s wallet no console’s', async () => {
    for (const operation of atWork) {
      const wrong = operation.auth === 'worker' ? atDesk.get('worker') : field.get('supervisor')
      expect((await send(app, operation, wrong ?? {})).status).toBe(401)
    }
  })
})
