import { type AtWork, buildAtWork, buildSignedIn, send } from '../../testing/at-work'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { AuditRow } from '../audit'
import { AppError } from '../errors'
import { audited } from './audited'

const create = { name: 'staff.create', method: 'POST' }
const account = {
  clientId: 'client-0123456789-1',
  loginName: 'xiaoming',
  name: '明小小',
  phone: '13812345678',
  roles: ['agent'],
  scope: { companies: ['heating'], areaIds: null },
  teamId: null,
  skills: [],
}

eachEngine((engine) => {
  let app: TestApp
  let admin: AtWork
  beforeEach(async () => {
    app = await startApp({ engine })
    admin = await buildAtWork(app, ['security-admin'], { name: '钱安' })
  })
  afterEach(() => app.close())

  const rows = (): Promise<AuditRow[]> =>
    app.ctx().db.reader.query<AuditRow>('SELECT * FROM audit_log ORDER BY id')

  test('an act leaves one row: who, what, to which object, from where, in which request, how it went', async () => {
    const answer = await send(app, create, admin.headers, account)
    const { account: made } = (await answer.json()) as { account: { id: string } }
    expect(await rows()).toEqual([
      expect.objectContaining({
        actor: `staff:${admin.id}`,
        action: 'staff.create',
        object: `staff:${made.id}`,
        outcome: 'done',
        ip: '127.0.0.1',
        requestId: answer.headers.get('x-request-id'),
        detail: '{"loginName":"xiaoming","roles":["agent"]}',
      }),
    ])
  })

  test('a repeat, a conflict, an invalid input, a missing right and a refusal leave one row each', async () => {
    const agent = await buildAtWork(app, ['agent'])
    const outcomeOf = async (headers: AtWork['headers'], input: Record<string, unknown>): Promise<string> => {
      const before = (await rows()).length
      await send(app, create, headers, input)
      const after = await rows()
      expect(after).toHaveLength(before + 1)
      return after.at(-1)?.outcome ?? 'open'
    }
    const other = { ...account, clientId: 'client-0123456789-2' }
    expect(await outcomeOf(admin.headers, account)).toBe('done')
    expect(await outcomeOf(admin.headers, account)).toBe('repeated')
    expect(await outcomeOf(admin.headers, { ...account, name: '另一个' })).toBe('idempotency_conflict')
    expect(await outcomeOf(admin.headers, other)).toBe('login_name_taken')
    expect(await outcomeOf(admin.headers, { ...other, roles: ['boss'] })).toBe('invalid_input')
    expect(await outcomeOf(agent.headers, { ...other, loginName: 'another' })).toBe('forbidden')
  })

  test('the object of a refused act is the one that was meant', async () => {
    const staffId = app.ctx().ids.next()
    await send(app, { name: 'staff.resetPassword', method: 'POST' }, admin.headers, {
      clientId: account.clientId,
      staffId,
      forgetSecondFactor: false,
    })
    expect(await rows()).toMatchObject([{ object: `staff:${staffId}`, outcome: 'not_found' }])
  })

  test('reads, and what residents and strangers ask, leave none of the edge’s rows', async () => {
    await send(app, { name: 'staff.list', method: 'GET' }, admin.headers)
    await send(app, create, { 'content-type': 'application/json' }, account)
    await send(app, create, (await buildSignedIn(app)).headers, account)
    expect(await rows()).toEqual([])
  })

  test('no name, phone number or password of anybody stands in the audit', async () => {
    await send(app, create, admin.headers, account)
    await send(app, { name: 'staff.changePassword', method: 'POST' }, admin.headers, {
      clientId: 'client-0123456789-7',
      oldPassword: 'canary-old-password',
      newPassword: 'canary-new-password',
    })
    expect(await rows()).toHaveLength(2)
    expect(JSON.stringify(await rows())).not.toMatch(/明小小|13812345678|canary/)
  })

  test('the row is there before the act begins, and tells of an error that nobody expected', async () => {
    const ctx = app.asStaff(admin.id)
    const called = {
      name: 'things.make',
      operation: { method: 'POST', auth: 'staff', audits: ['reason'] },
    } as unknown as Parameters<typeof audited>[1]
    const input = { requestId: '01J00000000000000000000000', reason: '客户来电', secret: 'x' }
    let seen: AuditRow[] = []
    const failing = audited(ctx, called, input, async () => {
      seen = await rows()
      throw new TypeError('boom')
    })
    await expect(failing).rejects.toThrow('boom')
    expect(seen).toMatchObject([{ outcome: null, detail: '{"reason":"客户来电"}' }])
    expect(await rows()).toMatchObject([{ outcome: 'internal', object: `request:${input.requestId}` }])
    const refused = audited(ctx, called, input, () => Promise.reject(new AppError('not_found')))
    await expect(refused).rejects.toMatchObject({ code: 'not_found' })
    expect((await rows()).at(-1)).toMatchObject({ outcome: 'not_found' })
  })

  test('when the audit cannot be written, nothing is done', async () => {
    let done = 0
    const ctx = app.asStaff(admin.id)
    const broken = { ...ctx, db: { ...ctx.db, transaction: () => Promise.reject(new Error('disk full')) } }
    const called = {
      name: 'things.make',
      operation: { method: 'POST', auth: 'staff' },
    } as unknown as Parameters<typeof audited>[1]
    await expect(audited(broken, called, {}, async () => ++done)).rejects.toThrow('disk full')
    expect(done).toBe(0)
  })
})
