import type { Ctx } from '../../platforms/context'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { createAccount } from './create-account'
import type { StaffRole } from './schema'
import { buildAccount } from './test-office'
import { updateAccount } from './update-account'

eachEngine((engine) => {
  let app: TestApp
  let admin: Ctx
  const facts = {
    name: '孙伟',
    roles: ['worker'] as StaffRole[],
    scope: { companies: ['heating'], areaIds: null },
    teamId: null,
    skills: [],
  }
  beforeEach(async () => {
    app = await startApp({ engine })
    const { id } = await buildAccount(app, { loginName: 'admin', name: '钱安', roles: ['security-admin'] })
    admin = app.asStaff(id, { roles: ['security-admin'] })
  })
  afterEach(() => app.close())

  test('a change that does not name the phone leaves it, and null takes it away', async () => {
    const made = await createAccount(admin, { loginName: 'sunwei', phone: '13812345678', ...facts })
    const staffId = made.account.id
    const masked = made.account.phoneMasked
    expect(masked).toContain('5678')
    const renamed = await updateAccount(admin, { staffId, ...facts, name: '孙大伟' })
    expect([renamed.account.name, renamed.account.phoneMasked]).toEqual(['孙大伟', masked])
    const cleared = await updateAccount(admin, { staffId, ...facts, phone: null })
    expect(cleared.account.phoneMasked).toBeNull()
  })
})
