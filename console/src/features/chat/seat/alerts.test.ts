import { alertFor, createHush } from './alerts'

const all = { seen: null, sound: true, desktop: true }

test('a message sounds unless its conversation is before my eyes; everything else always does', () => {
  expect(alertFor('message', 'c', all)).toEqual({ notes: [740], shows: true })
  expect(alertFor('message', 'c', { ...all, seen: 'c' })).toBeNull()
  expect(alertFor('message', 'd', { ...all, seen: 'c' })).not.toBeNull()
  expect(alertFor('assigned', 'c', { ...all, seen: 'c' })).not.toBeNull()
  expect(alertFor('changed', 'c', all)).toBeNull()
})
test('sound and desktop notification are chosen apart', () => {
  expect(alertFor('call', null, { ...all, sound: false })).toEqual({ notes: [], shows: true })
  expect(alertFor('call', null, { ...all, desktop: false })?.shows).toBe(false)
})
test('twenty messages at once are one sound, and another kind is heard beside it', () => {
  let now = 0
  const hush = createHush(() => now)
  expect([hush('message'), hush('message'), hush('call')]).toEqual([true, false, true])
  now = 1_500
  expect(hush('message')).toBe(true)
})
