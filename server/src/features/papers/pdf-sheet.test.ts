import { PassThrough } from 'node:stream'
import sharp from 'sharp'
import { barOf } from '../../core/print/draw'
import { writePdf } from '../../core/print/write-pdf'
import { contrast } from '../../core/colour'
import { fact, type Letterhead, pagesOf } from './pdf-sheet'

async function paper(head: Partial<Letterhead>): Promise<string> {
  const out = new PassThrough()
  const chunks: Buffer[] = []
  out.on('data', (chunk: Buffer) => chunks.push(chunk))
  const whole: Letterhead = {
    companyName: '开热公司',
    brandColour: '#D9480F',
    logo: null,
    hotline: '96123',
    title: '对账单',
    foot: '制作于今天',
    ...head,
  }
  const pages = pagesOf(whole, [fact('户号', '0021 **** 0001')])
  await writePdf(out, { title: '对账单', author: '开热公司', now: 0 }, pages)
  return Buffer.concat(chunks).toString('latin1')
}

test('a paper carries the logo of its company, and none where the company has none', async () => {
  const logo = await sharp({ create: { width: 128, height: 128, channels: 4, background: '#D9480F' } })
    .png()
    .toBuffer()
  expect(await paper({ logo })).toMatch(/\/Subtype \/Image[\s\S]{0,200}\/Width 128/)
  expect(await paper({})).not.toContain('/Subtype /Image')
})

test('a paper has the letters that it uses inside, and no others: it is printed the same anywhere', async () => {
  const raw = await paper({})
  const fonts = raw.match(/\/Subtype \/Type0/g) ?? []
  expect(fonts.length).toBeGreaterThan(0)
  expect(raw.match(/\/FontFile2 /g)).toHaveLength(fonts.length)
  expect(raw.match(/\/BaseFont \/[A-Z]{6}\+NotoSansSC/g)?.length).toBeGreaterThanOrEqual(fonts.length)
  expect(raw).not.toMatch(/\/Subtype \/Type1\b/)
  expect(raw.length).toBeLessThan(60_000)
})

test.each(['#D9480F', '#1664D9', '#F5D90A', '#8A8F98', '#808080', '#FF8A00', '#17191C'])(
  'on a bar in %s the letters stand out by 4.5 to 1',
  (colour) => {
    const { ground, ink } = barOf(colour)
    expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5)
  },
)
