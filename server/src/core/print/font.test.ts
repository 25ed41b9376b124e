import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '../config/load'
import { unpackWoff } from './unpack-woff'

test('the bundle finds the letters beside their package, as the running portal does', async () => {
  const outfile = join(projectRoot(), 'node_modules/.cache/yihu', `print-font-${process.pid}.cjs`)
  try {
    // The options of scripts/builds.ts.
    await build({
      entryPoints: [join(__dirname, 'font.ts')],
      outfile,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      bundle: true,
      packages: 'external',
    })
    const script = `const { piecesOf, fontBytes } = require(${JSON.stringify(outfile)})
      const { pieces, missing } = piecesOf('开塱𠮷', 700)
      console.log(JSON.stringify([missing, pieces.map(({ font, text }) => [text, fontBytes(font).length > 10_000])]))`
    const told = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })
    expect(JSON.parse(told)).toEqual([
      1,
      [
        ['开', true],
        ['塱', true],
        ['〓', true],
      ],
    ])
  } finally {
    rmSync(outfile, { force: true })
  }
})

test('what is no WOFF file is said to be none', () => {
  expect(() => unpackWoff(Buffer.from('OTTO, a font of another kind, long enough to have a header'))).toThrow(
    'no WOFF',
  )
})
