import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '../../../core/config/load'
import { photo } from '../test-corpus'

const folder = join(projectRoot(), '.test', `decoder-${process.pid}`)
const here = 'server/src/features/files/decoder'

beforeAll(() => mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('in production the decoder is the second bundle beside the portal’s own, and needs no sources', async () => {
  await build({
    // As scripts/builds.ts makes the server; the pool stands for the portal that contains it.
    entryPoints: {
      main: join(projectRoot(), here, 'pool.ts'),
      decoder: join(projectRoot(), here, 'main.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    bundle: true,
    packages: 'external',
  })
  const name = (end: string): string => join(folder, `a.${end}`)
  writeFileSync(name('part'), await photo())
  const task = { kind: 'image', input: name('part'), main: name('main'), thumb: name('thumb'), maxMs: 0 }
  const script = `
    const { DecoderPool } = require(${JSON.stringify(join(folder, 'main.cjs'))})
    const pool = new DecoderPool({ decoders: 1, decodeTimeoutMs: 30000, decodeQueueMax: 1 })
    const held = setTimeout(() => undefined, 60000)
    pool.run('alice', ${JSON.stringify(task)}).then((outcome) => {
      const [pid] = pool.pids()
      const command = require('node:fs').readFileSync('/proc/' + pid + '/cmdline', 'utf8')
      process.stdout.write(JSON.stringify({ outcome, command }))
      clearTimeout(held)
    })`
  // It ends by itself: an idle decoder holds nobody.
  const said = execFileSync(process.execPath, ['-e', script], { cwd: projectRoot(), timeout: 50_000 })
  const { outcome, command } = JSON.parse(said.toString()) as { outcome: unknown; command: string }
  expect(outcome).toMatchObject({ state: 'decoded', decoded: { width: 640, height: 480 } })
  expect(command).toContain(join(folder, 'decoder.cjs'))
  expect(command).not.toContain('tsx')
})
