import { percentOf } from './percent'

test('a bar is as long as its figure, a small one is seen, none and nought and less are not drawn', () => {
  expect([100, 50, 1, 0, -5, null, 300].map((size) => percentOf(size, 200))).toEqual([
    50, 25, 2, 0, 0, 0, 100,
  ])
})
