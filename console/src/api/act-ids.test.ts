import { createActIds, newClientId } from './act-ids'

test('an act that was never answered is forgotten after ten minutes', () => {
  let now = 0
  let made = 0
  const ids = createActIds(
    () => now,
    () => `id-${++made}`,
  )
  const first = ids.idFor('desk.note', { words: 'a' })
  now = 9 * 60_000
  expect(ids.idFor('desk.note', { words: 'a' })).toBe(first)
  now = 21 * 60_000
  expect(ids.idFor('desk.note', { words: 'a' })).not.toBe(first)
})
test('ids have the shape the server asks for and do not repeat', () => {
  const ids = Array.from({ length: 300 }, newClientId)
  expect(new Set(ids).size).toBe(300)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{32}$/)
})
