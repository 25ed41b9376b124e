import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { PrintForm } from './desk-schema'
import { A4, barOf } from '../../core/print/draw'
import { printFile, type PrintPage } from './print-file'
import { piecesOf } from '../../core/print/font'
import { FORMS, MARGIN_MM, type StickerSheet } from './print-forms'
import type { Letterhead, PrintedCode } from './print-sheet'
import { darkness, printFolder, type ReadPdf, readPdf, scan } from '../../core/print/test-pdf'

const NOW = Date.UTC(2026, 10, 22, 2)
const head: Letterhead = {
  companyName: '鹏燃燃气',
  brandColour: '#1664D9',
  logo: null,
  hotline: '95777',
  uses: '查缴费 · 报数 · 报修',
  day: '2026-11-22',
}
const folder = printFolder()
afterAll(() => folder.drop())

const code = (index: number, changes: Partial<PrintedCode> = {}): PrintedCode => ({
  url: `https://pay.pengran.example.com/q/EY0Tq3xJ9bN5dL2wA8vZ6kR1s${String(index).padStart(3, '0')}`,
  number: `3F7A-${String(1000 + index)}`,
  community: '松海园',
  door: `${1 + Math.floor(index / 10)}号楼2单元${101 + index}`,
  ...changes,
})
const codes = (count: number): PrintedCode[] => Array.from({ length: count }, (_, index) => code(index))

async function print(
  form: PrintForm,
  pages: readonly PrintPage[],
  letterhead: Letterhead = head,
): Promise<{ file: string; missing: number }> {
  const file = join(folder.path, `${form}-${pages.length}${letterhead === head ? '' : '-logo'}.pdf`)
  const { pages: count, missing } = await printFile(
    file,
    { form: FORMS[form], head: letterhead, title: '一户一码 松海园', now: NOW },
    pages,
  )
  expect(count).toBe(pages.length)
  return { file, missing }
}
const read = (file: string, dotsPerInch = 200, pages = [1]): Promise<ReadPdf> =>
  readPdf(file, folder.path, { dotsPerInch, pages })

const sheetOf = (form: 'stickers-24' | 'stickers-8'): StickerSheet => {
  const facts = FORMS[form]
  if (facts.kind !== 'stickers') throw new Error('no sheet of stickers')
  return facts
}
/** Where a telephone is held to read one sticker. */
const codeOf = (form: StickerSheet, index: number) => ({
  x: (index % form.columns) * form.widthMm + form.code.xMm,
  y: form.topMm + Math.floor(index / form.columns) * form.heightMm + form.code.yMm,
  width: form.code.sideMm,
  height: form.code.sideMm,
})

/** So near that a module of the code is four dots wide in the camera. */
const nearTo = (form: StickerSheet, dotsPerInch: number): number =>
  4 / ((form.code.sideMm / 45) * (dotsPerInch / 25.4))

describe.each(['stickers-24', 'stickers-8'] as const)('a sheet of %s', (name) => {
  const form = sheetOf(name)
  const all = codes(form.columns * form.rows)
  let file = ''
  let pdf: ReadPdf
  beforeAll(async () => {
    file = (await print(name, [{ codes: all }])).file
    pdf = await read(file)
  })
  const page = () => {
    const [first] = pdf.pages
    if (!first) throw new Error('the file has no page')
    return first
  }
  const scanned = (how = {}) => all.map((_, index) => scan(page(), codeOf(form, index), how))

  test('is one A4 page, and every code of it is read from the picture', () => {
    expect(pdf.count).toBe(1)
    expect(page().size.map(Math.round)).toEqual([595, 842])
    expect(scanned()).toEqual(all.map(({ url }) => url))
  })

  test('is read ten degrees askew in noise', () => {
    const some = all.flatMap((one, index) => (index % 4 === 0 ? [{ ...one, index }] : []))
    const near = nearTo(form, 200)
    // A telephone takes many pictures a second, and a hand is never still.
    const seen = (index: number): string | null =>
      [10, 9.5, 10.5, 11]
        .map((degrees) => scan(page(), codeOf(form, index), { degrees, noise: 20, near }))
        .find((url) => url !== null) ?? null
    expect(some.map(({ index }) => seen(index))).toEqual(some.map(({ url }) => url))
  })

  test('is read at a third of the dots of a printer', async () => {
    const [small] = (await read(file, 100)).pages
    if (!small) throw new Error('the file has no page')
    expect(all.map((_, index) => scan(small, codeOf(form, index), { near: nearTo(form, 100) }))).toEqual(
      all.map(({ url }) => url),
    )
  })

  test('says whose it is, where it belongs, what it does and whom to call, and no more', () => {
    for (const one of all)
      expect(page().text).toContain(
        `${one.community}${one.door}微信、支付宝扫一扫${head.uses}客服热线 95777码号 ${one.number} · 2026-11-22印`,
      )
    expect(page().text.split('鹏燃燃气 一户一码')).toHaveLength(all.length + 1)
    expect(page().text).not.toContain('户号')
  })

  test('has a mark at each corner of each sticker, and none in between', () => {
    for (let column = 1; column < form.columns; column++)
      for (let row = 0; row <= form.rows; row++) {
        const [x, y] = [column * form.widthMm, form.topMm + row * form.heightMm]
        expect(darkness(page(), x, y - 1)).toBeLessThan(200)
        expect(darkness(page(), x - 2.5, y - 1)).toBe(255)
      }
  })

  test('keeps what must be read away from the edge that a printer cannot reach', () => {
    const { xMm, sideMm } = form.code
    // The code’s own white margin, four modules of at most 45, is lost without harm.
    expect(xMm + (sideMm * 4) / 45).toBeGreaterThanOrEqual(MARGIN_MM)
    expect(form.words.xMm + form.words.widthMm).toBeLessThanOrEqual(form.widthMm - MARGIN_MM + 0.1)
    expect(form.topMm).toBeGreaterThanOrEqual(MARGIN_MM)
    expect(form.columns * form.widthMm).toBe(A4.widthMm)
    expect(form.topMm * 2 + form.rows * form.heightMm).toBe(A4.heightMm)
  })

  test('embeds the letters that it uses and no others, and the codes are no pictures', () => {
    const raw = readFileSync(file, 'latin1')
    const fonts = raw.match(/\/Subtype \/Type0/g) ?? []
    expect(fonts.length).toBeGreaterThan(0)
    expect(raw.match(/\/FontFile2 /g)).toHaveLength(fonts.length)
    expect(raw.match(/\/BaseFont \/[A-Z]{6}\+NotoSansSC/g)?.length).toBeGreaterThanOrEqual(fonts.length)
    expect(raw).not.toMatch(/\/Type3|\/Subtype \/Image|\/Subtype \/Type1\b/)
    expect(statSync(file).size).toBeLessThan(60_000)
  })
})

describe('the logo of a company', () => {
  const box = { place: '41号楼1单元', community: '松海园', manager: null, page: 1, pages: 1 }
  const onPages: readonly (readonly [PrintForm, PrintPage])[] = [
    ['stickers-24', { codes: codes(24) }],
    ['stickers-8', { codes: codes(8) }],
    ['notice', { codes: [code(7)] }],
    ['box-card', { box: { ...box, codes: codes(4) } }],
  ]

  test.each(onPages)('stands on each of %s and is in the file once', async (form, page) => {
    const logo = await sharp({ create: { width: 128, height: 128, channels: 3, background: '#D9480F' } })
      .png()
      .toBuffer()
    const { file } = await print(form, [page, page], { ...head, logo })
    const raw = readFileSync(file, 'latin1')
    expect(raw.match(/\/Subtype \/Image/g)).toHaveLength(1)
    if (form !== 'stickers-8') return
    // The codes are read as before, and the name stands beside the picture.
    const sheet = sheetOf('stickers-8')
    const [near] = (await read(file)).pages
    expect(near && scan(near, codeOf(sheet, 0))).toBe(code(0).url)
    expect(near?.text).toContain('鹏燃燃气')
  })
})

test('a notice for one household is read from two metres, and says how it is done', async () => {
  const one = code(7)
  const { file } = await print('notice', [{ codes: [one] }])
  const { pages, title } = await read(file, 50)
  const [page] = pages
  expect(title).toBe('一户一码 松海园')
  expect(page && scan(page, { x: 50, y: 68, width: 110, height: 104 }, { near: 2 })).toBe(one.url)
  for (const words of [one.door, '微信、支付宝扫一扫', '不用记户号，不用登录', '客服热线 95777', one.number])
    expect(page?.text).toContain(words)
})

describe('a card for a meter box', () => {
  const all = codes(16).map((one, index) => ({ ...one, door: String(101 + index) }))
  const box = { place: '41号楼1单元', community: '松海园', codes: all, page: 1, pages: 2 }
  const cell = (index: number) => ({
    x: 12 + (index % 4) * 46.5,
    y: 82 + Math.floor(index / 4) * 47.5,
    width: 46.5,
    height: 47.5,
  })

  test('names the grid manager, the hotline and each door, and every code is read', async () => {
    const manager = { name: '沈国强', phone: '13900000017' }
    const { file } = await print('box-card', [
      { box: { ...box, manager } },
      { box: { ...box, manager: null, page: 2 } },
    ])
    const { pages, count } = await read(file, 110, [1, 2])
    const [page, without] = pages
    expect(count).toBe(2)
    if (!page) throw new Error('the file has no page')
    expect(all.map((_, index) => scan(page, cell(index)))).toEqual(all.map(({ url }) => url))
    for (const words of [
      '松海园',
      '41号楼1单元',
      '台区经理 沈国强',
      '13900000017',
      '客服热线 95777',
      '第 1 张，共 2 张',
    ])
      expect(page.text).toContain(words)
    for (const { door, number } of all) expect(page.text).toContain(`${door}${number}`)
    // Where nobody is named the card says so by saying nothing: the hotline stands there.
    expect(without?.text).not.toContain('台区经理')
    expect(without?.text).toContain('客服热线95777')
  })

  test('a box is no page of a sheet', async () => {
    await expect(print('notice', [{ box: { ...box, manager: null } }])).rejects.toThrow('no page of the form')
  })
})

describe('letters', () => {
  test('a rare place name is whole, and a character that no font has is 〓 and counted', async () => {
    const rare = [code(0, { community: '塱头村' }), code(1, { community: '𠮷祥里' })]
    const { file, missing } = await print('stickers-8', [{ codes: rare }])
    expect(missing).toBe(1)
    const [page] = (await read(file)).pages
    expect(page?.text).toContain('塱头村')
    expect(page?.text).toContain('〓祥里')
  })

  test('each piece of a line is of one font file, and nothing is lost', () => {
    const { pieces, missing } = piecesOf('开塱A𠮷', 400)
    expect(pieces.map(({ text }) => text).join('')).toBe('开塱A〓')
    expect(new Set(pieces.map(({ font }) => font)).size).toBe(2)
    expect(missing).toBe(1)
  })

  test('a long name is drawn smaller and cut in the middle, so that its end still tells which one it is', async () => {
    const community = '福田区香蜜湖街道侨香社区董家沟嘉园北区人才保障房三期'
    const { file } = await print('stickers-24', [{ codes: [code(0, { community })] }])
    const [page] = (await read(file)).pages
    expect(page?.text).toMatch(/福田区香蜜湖[^…]*…[^…]*障房三期/)
  })

  test.each([
    ['#1664D9', '#1664D9', '#FFFFFF'],
    ['#D9480F', '#BF3F0D', '#FFFFFF'],
    ['#F5D90A', '#F5D90A', '#17191C'],
  ])('in the colour %s the bar is %s and the name is written in %s', (brand, ground, ink) => {
    expect(barOf(brand)).toEqual({ ground, ink })
  })
})

test('a link too long for a sticker is refused, not printed unreadable', async () => {
  const url = `https://example.com/q/${'a'.repeat(900)}`
  await expect(print('stickers-24', [{ codes: [code(0, { url })] }])).rejects.toThrow('too long')
})
