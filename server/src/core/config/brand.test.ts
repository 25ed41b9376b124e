import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type SharpOptions } from 'sharp'
import { stringify } from 'yaml'
import { configSchema } from '../../platforms/whole-config'
import { testConfig } from '../../testing/config'
import { contrast, shadeForNight, shadeForWhite } from '../colour'
import { logoAt } from './brand'
import { ConfigError, loadConfig, projectRoot } from './load'

const folder = mkdtempSync(join(tmpdir(), 'yihu-brand-'))
const write = (name: string, bytes: Buffer | string): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const png = (width: number, height = width) =>
  sharp({ create: { width, height, channels: 4, background: '#1664D9' } }).png()

type Tree = ReturnType<typeof testConfig>

/** What a start says of a configuration that is changed like this. */
function faultsWith(change: (tree: Tree) => void): readonly string[] {
  const tree = structuredClone(testConfig({ engine: 'sqlite', file: 'x.sqlite', synchronous: 'FULL' }))
  change(tree)
  const file = write('config.yaml', stringify(tree))
  try {
    loadConfig(configSchema, [join(projectRoot(), 'config/default.yaml'), file], {})
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}
const withColour = (colour: string) =>
  faultsWith((tree) => {
    tree.portal.brandColour = colour
  })
const withLogo = (path: string) =>
  faultsWith((tree) => {
    const [first] = tree.companies
    if (first) first.logo = path
  })

test.each(['#D9480F', '#1664D9', '#0B7A5B', '#0E7490', '#FFD400', '#003A8C'])(
  '%s is taken: letters in its shades are read by day and by night',
  (colour) => {
    expect(withColour(colour)).toEqual([])
    expect(contrast(shadeForWhite(colour), '#FFFFFF')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(shadeForNight(colour), '#1B1E23')).toBeGreaterThanOrEqual(4.5)
  },
)

test.each([
  ['#FFF7CC', /^portal\.brandColour: #FFF7CC has 1\.1:1 on #FFFFFF, .* choose a darker one$/],
  ['#05070A', /^portal\.brandColour: #05070A has 1\.2:1 on #1B1E23, .* choose a lighter one$/],
  ['orange', /^portal\.brandColour: must be written like #1664D9$/],
])('%s stops the start, with what it has and what is asked', (colour, said) => {
  expect(withColour(colour)).toEqual([expect.stringMatching(said)])
})

test('a square PNG is taken, and read from then on under a name of its content', async () => {
  const path = write('good.png', await png(256).toBuffer())
  expect(withLogo(path)).toEqual([])
  expect(logoAt(path)?.name).toMatch(/^[0-9a-f]{16}\.png$/)
  expect(logoAt(null)).toBeNull()
})

test('a logo that papers or pages could not show stops the start, and the fault says which and why', async () => {
  const whole = await png(256).toBuffer()
  const noise = {
    create: { width: 400, height: 400, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  }
  const faults = [
    withLogo(join(folder, 'none.png')),
    withLogo(write('text.png', 'a'.repeat(200))),
    withLogo(write('wide.png', await png(300, 120).toBuffer())),
    withLogo(write('small.png', await png(48).toBuffer())),
    withLogo(write('cut.png', whole.subarray(0, -20))),
    withLogo(write('woven.png', await png(256).png({ progressive: true }).toBuffer())),
    withLogo(
      write(
        'heavy.png',
        await sharp(noise as SharpOptions)
          .png()
          .toBuffer(),
      ),
    ),
  ].flat()
  expect(faults).toEqual(
    [
      /none\.png does not exist/,
      /text\.png is not a PNG/,
      /wide\.png is 300 × 120 pixels; a logo is square/,
      /small\.png is 48 × 48 pixels/,
      /cut\.png is cut off/,
      /woven\.png must have 8 bits a channel and no interlacing/,
      /heavy\.png has \d+ bytes; a logo has at most 102400/,
    ].map((said) => expect.stringMatching(new RegExp(`^companies\\.0\\.logo: .*${said.source}`))),
  )
})
