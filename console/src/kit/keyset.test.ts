import { goBack, goNext, type Place, placeIn, withPlace } from './keyset'

const first: Place = { cursor: null, trail: [] }

test('next and previous lead over the same pages', () => {
  const second = goNext(first, 'c1')
  const third = goNext(second, 'c2')
  expect(third.cursor).toBe('c2')
  expect(goBack(third)).toEqual(second)
  expect(goBack(goBack(third))).toEqual(first)
  expect(goBack(first)).toEqual(first)
})
test('the address carries the place and nothing is lost on the way', () => {
  const third = goNext(goNext(first, 'eyJhIjoxfQ'), 'c_2-x')
  const address = withPlace(new URLSearchParams('tab=mine&q=%E6%9D%BE'), third)
  expect(placeIn(new URLSearchParams(address.toString()))).toEqual(third)
  expect(address.get('tab')).toBe('mine')
  expect(withPlace(address, first).toString()).toBe('tab=mine&q=%E6%9D%BE')
})
test('the address does not grow without an end, and the way back still ends on the first page', () => {
  let place = first
  for (let page = 1; page <= 30; page++) place = goNext(place, `c${page}`)
  expect(place.trail.length).toBeLessThanOrEqual(8)
  for (let steps = 0; steps < 10; steps++) place = goBack(place)
  expect(place).toEqual(first)
})
