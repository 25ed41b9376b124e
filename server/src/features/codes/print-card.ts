import {
  A4,
  type Doc,
  drawCode,
  drawLogo,
  fill,
  INK,
  barOf,
  points,
  QUIET,
  write,
} from '../../core/print/draw'
import type { FORMS } from './print-forms'
import { type Letterhead, type PrintedCode, SCAN_WORDS } from './print-sheet'

/** A page for one meter box, or one of its pages where more households hang on it than one page holds. */
export interface MeterBox {
  /** Building and unit, such as 41号楼1单元; empty for a place without. */
  readonly place: string
  readonly community: string
  readonly manager: { readonly name: string; readonly phone: string } | null
  readonly codes: readonly PrintedCode[]
  readonly page: number
  readonly pages: number
}

const LEFT = 12
const WIDE = A4.widthMm - 2 * LEFT
const LOGO_MM = 16
const GRID_TOP = 82
const GRID_BOTTOM = 272

/** 一箱一贴. Answers how many characters were missing. */
export function drawBoxCard(
  doc: Doc,
  form: Extract<(typeof FORMS)[keyof typeof FORMS], { kind: 'box-card' }>,
  head: Letterhead,
  box: MeterBox,
): number {
  const { ground, ink: on } = barOf(head.brandColour)
  fill(doc, { x: 0, y: 0, width: A4.widthMm, height: 26 }, ground)
  const room = head.logo === null ? 0 : LOGO_MM + 4
  if (head.logo !== null) drawLogo(doc, head.logo, { x: LEFT, y: (26 - LOGO_MM) / 2, side: LOGO_MM })
  const name = { x: LEFT + room, y: 8, size: 22, colour: on, width: WIDE * 0.7 - room }
  write(doc, head.companyName, { ...name, weight: 700 })
  write(doc, '一箱一贴', { x: LEFT, y: 9.5, size: 17, colour: on, width: WIDE, align: 'right' })
  let missing = write(doc, box.community, { x: LEFT, y: 32, size: 15, width: WIDE * 0.52 })
  missing += write(doc, box.place, { x: LEFT, y: 40, size: 26, weight: 700, width: WIDE * 0.52 })
  missing += drawPerson(doc, head, box)
  write(doc, `${SCAN_WORDS}自家的码 · ${head.uses}`, { x: LEFT, y: 69, size: 15, weight: 700, width: WIDE })
  const cell = { width: WIDE / form.columns, height: (GRID_BOTTOM - GRID_TOP) / form.rows }
  const side = Math.min(cell.width - 6, cell.height - 10)
  for (const [index, code] of box.codes.entries()) {
    const x = LEFT + (index % form.columns) * cell.width
    const y = GRID_TOP + Math.floor(index / form.columns) * cell.height
    doc.roundedRect(points(x + 1), points(y), points(cell.width - 2), points(cell.height - 2), 4)
    doc.lineWidth(0.6).stroke('#C9CDD3')
    missing += write(doc, code.door, {
      x: x + 3,
      y: y + 1.6,
      size: 11,
      weight: 700,
      width: cell.width - 6,
      align: 'centre',
    })
    drawCode(doc, code.url, { x: x + (cell.width - side) / 2, y: y + 6.4, side })
    write(doc, code.number, {
      x: x + 3,
      y: y + cell.height - 5.4,
      size: 6.5,
      colour: QUIET,
      width: cell.width - 6,
      align: 'centre',
    })
  }
  const which = box.pages > 1 ? `第 ${box.page} 张，共 ${box.pages} 张 · ` : ''
  write(doc, `${which}${head.day}印`, {
    x: LEFT,
    y: 277,
    size: 9,
    colour: QUIET,
    width: WIDE,
    align: 'right',
  })
  write(doc, '扫码后先核对公司和地址；码破了、被人盖住了，请打客服热线。', {
    x: LEFT,
    y: 277,
    size: 9,
    colour: QUIET,
    width: WIDE * 0.7,
  })
  return missing
}

/** Whom to call about this box. Where nobody is named it is the hotline, and it says no more than that. */
function drawPerson(doc: Doc, head: Letterhead, { manager }: MeterBox): number {
  const box = { x: LEFT + WIDE * 0.55, y: 32, width: WIDE * 0.45, height: 32 }
  fill(doc, box, '#F4F5F7')
  const inside = { x: box.x + 5, width: box.width - 10 }
  if (manager === null) {
    write(doc, '客服热线', { ...inside, y: 36, size: 13, colour: QUIET })
    write(doc, head.hotline, { ...inside, y: 43, size: 30, weight: 700, colour: INK })
    return 0
  }
  const missing = write(doc, `台区经理 ${manager.name}`, { ...inside, y: 34.6, size: 15, weight: 700 })
  write(doc, manager.phone, { ...inside, y: 42, size: 22, weight: 700 })
  write(doc, `客服热线 ${head.hotline}`, { ...inside, y: 55, size: 13 })
  return missing
}
