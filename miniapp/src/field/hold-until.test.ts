import { holdUntil } from './hold-until'

// 2026-11-22 23:30 in Shanghai.
const now = Date.UTC(2026, 10, 22, 15, 30)

test.each([
  ['2h', Date.UTC(2026, 10, 22, 17, 30)],
  ['tomorrow', Date.UTC(2026, 10, 23, 0, 0)],
  ['3d', Date.UTC(2026, 10, 25, 0, 0)],
  ['none', null],
] as const)('a pause until %s ends when people in Shanghai would say', (choice, expected) => {
  expect(holdUntil(choice, now)).toBe(expected)
})
