const kept = new Map<string, unknown>()
let phoneIsLarge = false
jest.mock('../platform/storage', () => ({
  load: (name: string) => kept.get(name) ?? null,
  save: (name: string, value: unknown) => void kept.set(name, value),
}))
jest.mock('../platform/letters', () => ({ hasLargeLetters: () => phoneIsLarge }), { virtual: true })
jest.mock('../platform/tongue', () => ({ tongue: { ofPhone: () => 'zh_CN' } }), { virtual: true })
jest.mock('../language/english', () => ({ fetchEnglish: jest.fn() }), { virtual: true })
jest.mock('../api/client', () => ({ write: jest.fn() }))
jest.mock('./session', () => ({ keepMe: jest.fn(), useSession: { getState: () => ({ token: null }) } }))

/** The app as it begins on a phone that keeps this and has such letters. */
function begun(letters: 'large' | 'ordinary', keeps: Record<string, boolean> = {}) {
  kept.clear()
  for (const [name, value] of Object.entries(keeps)) kept.set(name, value)
  phoneIsLarge = letters === 'large'
  let settings: typeof import('./settings') | undefined
  jest.isolateModules(() => {
    settings = require('./settings') as typeof import('./settings')
  })
  if (!settings) throw new Error('the settings did not begin')
  return settings
}
const isElder = ({ useSettings }: ReturnType<typeof begun>): boolean => useSettings.getState().elder

test('who made the wallet’s letters large begins in elder mode, and whoever chose here keeps the choice', () => {
  expect(isElder(begun('large'))).toBe(true)
  expect(isElder(begun('ordinary'))).toBe(false)
  expect(isElder(begun('large', { elder: false }))).toBe(false)
  expect(isElder(begun('ordinary', { elder: true }))).toBe(true)
})

test('an account without elder mode does not take it from a phone with large letters; one with it brings it', () => {
  const large = begun('large')
  large.followElder(false)
  expect(isElder(large)).toBe(true)
  const ordinary = begun('ordinary')
  ordinary.followElder(true)
  expect(isElder(ordinary)).toBe(true)
  const chosen = begun('ordinary', { elder: false })
  chosen.followElder(true)
  expect(isElder(chosen)).toBe(false)
})

test('the largest letters stay on this phone', () => {
  const settings = begun('ordinary', { elder: true })
  settings.setLargest(true)
  expect(kept.get('largest')).toBe(true)
  expect(begun('ordinary', { elder: true, largest: true }).useSettings.getState().largest).toBe(true)
})
