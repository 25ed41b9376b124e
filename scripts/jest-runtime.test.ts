import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Environment {
  teardown(): Promise<void>
}
const OneRealm = jest.requireActual<new (config: object) => Environment>('./jest-environment.cjs')

/** What a module is, loaded by itself as at the start of a file of tests. */
function loadAlone(name: string): unknown {
  let loaded: unknown
  jest.isolateModules(() => {
    loaded = jest.requireActual(name)
  })
  return loaded
}

test('what a file of tests leaves on the globals, the process and its environment is gone after it', async () => {
  const [fetchBefore, exitBefore] = [globalThis.fetch, process.exit]
  process.env['YIHU_KEPT'] = 'as it was'
  const environment = new OneRealm({ projectConfig: { fakeTimers: {} } })
  Object.assign(globalThis, { fetch: () => 'mine', leftBehind: true })
  Object.assign(process, { exit: () => 'mine' })
  Object.assign(process.env, { YIHU_KEPT: 'changed', YIHU_LEFT: 'behind' })
  await environment.teardown()
  expect(globalThis.fetch).toBe(fetchBefore)
  expect(process.exit).toBe(exitBefore)
  expect('leftBehind' in globalThis).toBe(false)
  expect([process.env['YIHU_KEPT'], process.env['YIHU_LEFT']]).toEqual(['as it was', undefined])
  delete process.env['YIHU_KEPT']
})

test('our own modules are loaded anew, packages and what runs in production once', () => {
  expect(loadAlone('./table')).not.toBe(loadAlone('./table'))
  expect(loadAlone('../server/src/core/money')).toBe(loadAlone('../server/src/core/money'))
  expect(loadAlone('yaml')).toBe(loadAlone('yaml'))
})

test('errors of Node are errors, and a list of Node is a list of the same kind', async () => {
  const error = await import('node:fs/promises')
    .then((fs) => fs.readFile('/none'))
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(Error)
  expect(process.argv).toBeInstanceOf(Array)
})

test('a module that has changed meanwhile is read again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-jest-'))
  const file = join(folder, 'changing.js')
  try {
    writeFileSync(file, 'module.exports = "first"')
    expect(loadAlone(file)).toBe('first')
    writeFileSync(file, 'module.exports = "and then"')
    jest.resetModules()
    expect(loadAlone(file)).toBe('and then')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
