import { bulkReady } from './bulk'

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
