import { lineDiff } from './line-diff'

const signs = { same: ' ', added: '+', removed: '-' } as const
const shown = (before: string, after: string): string[] =>
  lineDiff(before, after).map(({ kind, text }) => `${signs[kind]}${text}`)

test('what was changed stands in its place, the rest is the same', () => {
  expect(shown('a\nb\nc', 'a\nx\nc\nd')).toEqual([' a', '-b', '+x', ' c', '+d'])
  expect(shown('a', 'a')).toEqual([' a'])
})
test('both texts can be read out of the difference, whatever they are', () => {
  const texts = ['', 'a', 'a\na\nb', 'b\na\na\nc', '\n\n', 'x\ny\nz\na']
  for (const before of texts)
    for (const after of texts) {
      const lines = lineDiff(before, after)
      const side = (kind: 'added' | 'removed'): string =>
        lines
          .filter((line) => line.kind === kind || line.kind === 'same')
          .map(({ text }) => text)
          .join('\n')
      expect([side('removed'), side('added')]).toEqual([before, after])
    }
})
test('a text that is far too long is shown whole on both sides', () => {
  const long = Array.from({ length: 2_500 }, (_, index) => `line ${index}`).join('\n')
  expect(lineDiff(long, `${long}!`)).toHaveLength(5_000)
})
