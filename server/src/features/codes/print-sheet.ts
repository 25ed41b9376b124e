import {
  A4,
  type Doc,
  drawCode,
  drawCutMarks,
  drawLogo,
  fill,
  INK,
  barOf,
  QUIET,
  write,
} from '../../core/print/draw'
import { MARGIN_MM, type StickerSheet } from './print-forms'

/** What all that one company prints has in common. */
export interface Letterhead {
  readonly companyName: string
  readonly brandColour: string
  /** A square PNG; null where the company has none. */
  readonly logo: Buffer | null
  readonly hotline: string
  /** What can be done by the code at this company, such as 查缴费 · 报数 · 报修. */
  readonly uses: string
  /** The day of printing in Shanghai. */
  readonly day: string
}

/** One household's code as it is printed. Nothing else of the household comes this far: no name, no account number. */
export interface PrintedCode {
  readonly url: string
  /** The code's short number, by which support finds it. */
  readonly number: string
  readonly community: string
  /** Below the community: building, unit, room; empty where the address is not written like that. */
  readonly door: string
}

/** Of the company's colour above and below its logo. */
const LOGO_EDGE_MM = 0.7

export const SCAN_WORDS = '微信、支付宝扫一扫'

/** One page of stickers, from the top left, row by row. Answers how many characters could not be drawn. */
export function drawStickers(
  doc: Doc,
  form: StickerSheet,
  head: Letterhead,
  codes: readonly PrintedCode[],
): number {
  const { columns, rows, widthMm, heightMm, topMm } = form
  const leftMm = (A4.widthMm - columns * widthMm) / 2
  let missing = 0
  for (const [index, code] of codes.entries()) {
    const x = leftMm + (index % columns) * widthMm
    const y = topMm + Math.floor(index / columns) * heightMm
    missing += drawSticker(doc, form, head, code, { x, y })
  }
  drawCutMarks(
    doc,
    Array.from({ length: columns + 1 }, (_, index) => leftMm + index * widthMm),
    Array.from({ length: rows + 1 }, (_, index) => topMm + index * heightMm),
  )
  return missing
}

function drawSticker(
  doc: Doc,
  form: StickerSheet,
  head: Letterhead,
  code: PrintedCode,
  { x, y }: { readonly x: number; readonly y: number },
): number {
  const { lines, words, widthMm } = form
  const { ground, ink: on } = barOf(head.brandColour)
  fill(doc, { x, y, width: widthMm, height: form.barMm }, ground)
  const inside = widthMm - 2 * MARGIN_MM
  const [companyY, companySize] = lines.company
  const side = form.barMm - 2 * LOGO_EDGE_MM
  const room = head.logo === null ? 0 : side + 1.2
  if (head.logo !== null) drawLogo(doc, head.logo, { x: x + MARGIN_MM, y: y + LOGO_EDGE_MM, side })
  write(doc, head.companyName, {
    x: x + MARGIN_MM + room,
    y: y + companyY,
    size: companySize,
    weight: 700,
    colour: on,
    width: inside * 0.72 - room,
  })
  write(doc, '一户一码', {
    x: x + MARGIN_MM,
    y: y + companyY + companySize * 0.06,
    size: companySize * 0.8,
    colour: on,
    width: inside,
    align: 'right',
  })
  drawCode(doc, code.url, { x: x + form.code.xMm, y: y + form.code.yMm, side: form.code.sideMm })
  const line = (name: keyof typeof lines, text: string, weight: 400 | 700, colour = INK): number =>
    write(doc, text, {
      x: x + words.xMm,
      y: y + lines[name][0],
      size: lines[name][1],
      weight,
      colour,
      width: words.widthMm,
    })
  const missing = line('community', code.community, 400) + line('door', code.door, 700)
  line('scan', SCAN_WORDS, 700)
  line('uses', head.uses, 400)
  line('hotline', `客服热线 ${head.hotline}`, 700)
  line('foot', `码号 ${code.number} · ${head.day}印`, 400, QUIET)
  return missing
}
