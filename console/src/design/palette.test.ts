import { contrast, palette, readableAccent, variablesFor } from './palette'

const grounds = [palette.card, palette.bg, palette.ground]

test.each(['ink', 'ink2', 'ink3'] as const)('%s can be read on every ground', (name) => {
  for (const ground of grounds) expect(contrast(palette[name], ground)).toBeGreaterThanOrEqual(4.5)
})
test.each([
  ['warn', 'warnSoft'],
  ['bad', 'badSoft'],
  ['ok', 'okSoft'],
  ['warn', 'note'],
  ['whisperInk', 'whisper'],
] as const)('%s can be read on its own soft ground and on white', (ink, ground) => {
  expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5)
  expect(contrast(palette[ink], palette.card)).toBeGreaterThanOrEqual(4.5)
})
test.each(['#D9480F', '#1664D9', '#0B7A5B', '#FFD400', '#00B0FF'])(
  'white on a company’s %s can be read, and it on its soft ground',
  (colour) => {
    const accent = readableAccent(colour)
    expect(contrast(accent, '#FFFFFF')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(accent, variablesFor(accent)['--accent-soft'] ?? '')).toBeGreaterThanOrEqual(4.5)
  },
)
test('what is no colour becomes the house’s own', () => {
  expect([readableAccent('red'), readableAccent('#12')]).toEqual([palette.accent, palette.accent])
})
