import { clientAddress } from './client-address'

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:203.0.113.9', '203.0.113.9'],
  ['::ffff:cb00:7109', '203.0.113.9'],
  ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:9:8:7:6', '2001:db8:0:0::/64'],
  ['2001:db8::2:3:4:5:6', '2001:db8:0:2::/64'],
  ['2409::1:0:0:1', '2409:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
])('%s is counted as %s', (ip, counted) => {
  expect(clientAddress(ip)).toBe(counted)
})

test('two homes in neighbouring networks are never counted as one', () => {
  expect(clientAddress('2001:db8::1')).not.toBe(clientAddress('2001:db8:0:1::1'))
  expect(clientAddress('2001:db8::1')).toBe(clientAddress('2001:db8:0:0:ffff::1'))
})

test('what is no address at all stays bounded', () => {
  expect(clientAddress('x'.repeat(500))).toHaveLength(64)
})
