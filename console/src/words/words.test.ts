import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..')
const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((path) => /(^|\/)words\.ts$/.test(path) && path !== 'words/words.ts')

/** Every text with its path; what takes values is asked with some: a day stands for a number as well. */
function textsOf(part: unknown, path: readonly string[]): [string, string][] {
  if (typeof part === 'string') return [[path.join('.'), part]]
  if (typeof part === 'function')
    return [[path.join('.'), String((part as (...values: string[]) => string)('2026-11-22', '4'))]]
  return Object.entries(part as object).flatMap(([key, value]) => textsOf(value, [...path, key]))
}

const catalogues = files.flatMap((file) =>
  Object.entries(require(join(root, file)) as Record<string, unknown>)
    .filter(([, value]) => typeof value === 'object' && value !== null && 'zh' in value && 'en' in value)
    .map(([name, value]) => [name, value as { zh: object; en: object }] as const),
)

test('every part of the console has its texts', () => {
  expect(catalogues.length).toBeGreaterThanOrEqual(14)
})
test.each(catalogues)('%s says the same things in both languages', (_, { zh, en }) => {
  const keys = (texts: object): string[] => textsOf(texts, []).map(([key]) => key)
  expect(keys(en)).toEqual(keys(zh))
})
test.each(catalogues)('%s has no empty text and no Chinese left in English', (_, { en, zh }) => {
  const mayBeEmpty = ([key]: [string, string]): boolean => key === 'tone.quiet'
  // Values of an example are in the language of the residents who would read them.
  const isExample = ([key]: [string, string]): boolean => key.startsWith('sample.')
  const empty = [...textsOf(zh, []), ...textsOf(en, [])].filter(
    (text) => text[1].trim() === '' && !mayBeEmpty(text),
  )
  const chinese = textsOf(en, []).filter((text) => /[\u4e00-\u9fff]/.test(text[1]) && !isExample(text))
  expect({ empty, chinese }).toEqual({ empty: [], chinese: [] })
})
