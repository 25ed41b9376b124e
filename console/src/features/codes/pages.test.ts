import { pagesOf, sizeOf } from './pages'

test.each([
  ['stickers-24', 24, 1],
  ['stickers-24', 25, 2],
  ['stickers-8', 25, 4],
  ['notice', 25, 25],
  ['box-card', 17, 2],
] as const)('%s for %i households takes %i pages', (form, households, pages) => {
  expect(pagesOf(form, households)).toBe(pages)
})
test('a file says how large it is', () => {
  expect([sizeOf(200), sizeOf(38_100), sizeOf(8_019_657)]).toEqual(['1 KB', '38 KB', '8.0 MB'])
})
