import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Build, makeFresh } from './builds'

let root: string
let times: number

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const thing: Build = {
  name: 'thing',
  output: 'dist',
  proof: 'dist/thing.txt',
  inputs: ['src', 'settings.json'],
  make: async () => {
    times++
    write('dist/thing.txt', 'made')
  },
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yihu-builds-'))
  times = 0
  write('src/a.ts', 'one')
  write('settings.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a second start builds nothing, also when files were only touched', async () => {
  expect(await makeFresh(thing, root)).toBe(true)
  write('src/a.ts', 'one')
  expect(await makeFresh(thing, root)).toBe(false)
  expect(times).toBe(1)
})

test.each([
  ['a source says something else', () => write('src/a.ts', 'two')],
  ['a source is new', () => write('src/deep/b.ts', 'new')],
  ['a source is gone', () => rmSync(join(root, 'src/a.ts'))],
  ['a setting changed', () => write('settings.json', '{"a":1}')],
  ['the result is gone', () => rmSync(join(root, 'dist/thing.txt'))],
])('it is built again when %s', async (_, change) => {
  await makeFresh(thing, root)
  change()
  expect(await makeFresh(thing, root)).toBe(true)
})

test('it is built again for another server address', async () => {
  const addressed = { ...thing, settings: ['YIHU_BUILDS_TEST'] }
  await makeFresh(addressed, root)
  process.env['YIHU_BUILDS_TEST'] = 'https://portal.example.com'
  expect(await makeFresh(addressed, root)).toBe(true)
  delete process.env['YIHU_BUILDS_TEST']
})

test('a test is no source', async () => {
  await makeFresh(thing, root)
  write('src/a.test.ts', 'expect')
  expect(await makeFresh(thing, root)).toBe(false)
})

test('a build that fails is tried again the next time', async () => {
  const broken = { ...thing, make: () => Promise.reject(new Error('no')) }
  await expect(makeFresh(broken, root)).rejects.toThrow('no')
  expect(await makeFresh(thing, root)).toBe(true)
})

test('a build that ends well but leaves nothing is an error', async () => {
  const empty = { ...thing, make: () => Promise.resolve() }
  await expect(makeFresh(empty, root)).rejects.toThrow('left no dist/thing.txt')
})
