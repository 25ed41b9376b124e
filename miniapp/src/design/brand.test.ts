import { join } from 'node:path'
import { brandShades } from './brand'

const luminance = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (a: string, b: string) => {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

test.each(['#D9480F', '#1664D9', '#0B7A5B', '#FFD400', '#000000', '#FFFFFF'])(
  '%s stays readable by day and by night',
  (hex) => {
    const shades = brandShades(hex)
    if (!shades) throw new Error('a colour was not understood')
    expect(contrast(shades.brand, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(shades.brand, shades.soft)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(shades.bright, shades.dim)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(shades.bright, '#1b1e23')).toBeGreaterThanOrEqual(4.5)
  },
)
test('what is no colour brands nothing', () => expect(brandShades('橙色')).toBeNull())

test('the server checks a company’s colour in the shades that pages draw', () => {
  const server = require(join(__dirname, '../../../server/src/core/colour')) as {
    shadeForWhite(hex: string): string
    shadeForNight(hex: string): string
  }
  for (const hex of ['#D9480F', '#1664D9', '#0B7A5B', '#FFD400', '#003A8C'])
    expect(brandShades(hex)).toMatchObject({
      brand: server.shadeForWhite(hex).toLowerCase(),
      bright: server.shadeForNight(hex).toLowerCase(),
    })
})
