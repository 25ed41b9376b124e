import { isFindable } from './findable'

test.each(['BX20261122-000123', 'bx20261122-000123', ' 7002 ', '002100007002', '13812345678'])(
  '%s is looked up',
  (q) => {
    expect(isFindable(q)).toBe(true)
  },
)
test.each(['', 'BX2026', '123', '松海园', '1234567890123456789012'])('%s is not sent to be refused', (q) => {
  expect(isFindable(q)).toBe(false)
})
