import { bulkReady, onlyCompany } from './bulk'

test('moves that stop somebody’s request need a reason, the others do not', () => {
  expect([bulkReady('accept', ''), bulkReady('close', ''), bulkReady('resume', '')]).toEqual([
    true,
    true,
    true,
  ])
  expect([bulkReady('cancel', ' '), bulkReady('hold', '等'), bulkReady('return', '')]).toEqual([
    false,
    false,
    false,
  ])
  expect(bulkReady('cancel', '重复')).toBe(true)
})

test('requests of several companies are no part of one outage', () => {
  const [heating, gas] = [{ companyId: 'heating' }, { companyId: 'gas' }]
  expect([onlyCompany([heating, heating]), onlyCompany([heating, gas]), onlyCompany([])]).toEqual([
    'heating',
    null,
    null,
  ])
})
