import { accountInput, phoneGiven, valuesOf } from './account-input'
import { standsAlone } from './roles'

test('who keeps accounts or reads the audit holds no other role', () => {
  expect(standsAlone(['security-admin', 'supervisor'])).toBe(true)
  expect(standsAlone(['agent', 'auditor'])).toBe(true)
  expect([standsAlone(['auditor']), standsAlone(['agent', 'dispatcher'])]).toEqual([false, false])
})
test('an empty scope means everything, and an empty phone says nothing about the number', () => {
  const values = { ...valuesOf(null), loginName: 'sun', name: ' 孙伟 ', roles: ['worker' as const] }
  expect(accountInput(values)).toMatchObject({
    name: '孙伟',
    scope: { companies: null, areaIds: null },
    teamId: null,
  })
  expect(phoneGiven(values)).toEqual({})
  expect(phoneGiven({ ...values, phone: '13812345678' })).toEqual({ phone: '13812345678' })
})
