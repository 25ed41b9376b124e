import { keyOf, stepIn } from './key-map'

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  busy: false,
  ...more,
})
const offered = ['j', 'k', 'Enter', '/', '?']

test('a key means its act, also with caps lock', () => {
  expect([keyOf(press('j'), offered), keyOf(press('J'), offered), keyOf(press('Enter'), offered)]).toEqual([
    'j',
    'j',
    'Enter',
  ])
})
test('keys rest while somebody writes, with a modifier, and when they mean nothing here', () => {
  expect(keyOf(press('j', { busy: true }), offered)).toBeNull()
  expect(keyOf(press('k', { ctrlKey: true }), offered)).toBeNull()
  expect(keyOf(press('k', { metaKey: true }), offered)).toBeNull()
  expect(keyOf(press('a'), offered)).toBeNull()
})
test('steps stop at both ends and begin with the first row', () => {
  const ids = ['a', 'b', 'c']
  expect(stepIn(ids, null, 1)).toBe('a')
  expect(stepIn(ids, 'a', 1)).toBe('b')
  expect(stepIn(ids, 'c', 1)).toBe('c')
  expect(stepIn(ids, 'a', -1)).toBe('a')
  expect(stepIn(ids, 'gone', -1)).toBe('a')
  expect(stepIn([], 'a', 1)).toBeNull()
})
