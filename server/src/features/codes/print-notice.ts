import { A4, type Doc, drawCode, drawLogo, fill, INK, barOf, QUIET, write } from '../../core/print/draw'
import { type Letterhead, type PrintedCode, SCAN_WORDS } from './print-sheet'

const LEFT = 20
const WIDE = A4.widthMm - 2 * LEFT
const LOGO_MM = 22
const CODE_SIDE = 96

/** One page for one household, to be stuck on the door or the meter box. Answers how many characters were missing. */
export function drawNotice(doc: Doc, head: Letterhead, code: PrintedCode): number {
  const { ground, ink: on } = barOf(head.brandColour)
  fill(doc, { x: 0, y: 0, width: A4.widthMm, height: 34 }, ground)
  const room = head.logo === null ? 0 : LOGO_MM + 5
  if (head.logo !== null) drawLogo(doc, head.logo, { x: LEFT, y: (34 - LOGO_MM) / 2, side: LOGO_MM })
  const name = { x: LEFT + room, y: 11, size: 28, colour: on, width: WIDE * 0.7 - room }
  write(doc, head.companyName, { ...name, weight: 700 })
  write(doc, '一户一码', { x: LEFT, y: 13.5, size: 20, colour: on, width: WIDE, align: 'right' })
  const centre = { x: LEFT, width: WIDE, align: 'centre' } as const
  let missing = write(doc, code.community, { ...centre, y: 44, size: 20 })
  missing += write(doc, code.door, { ...centre, y: 54, size: 30, weight: 700 })
  drawCode(doc, code.url, { x: (A4.widthMm - CODE_SIDE) / 2, y: 72, side: CODE_SIDE })
  write(doc, SCAN_WORDS, { ...centre, y: 172, size: 26, weight: 700 })
  write(doc, head.uses, { ...centre, y: 185, size: 20 })
  const steps = [
    '1. 打开微信或支付宝，用“扫一扫”对准上面的码。',
    '2. 核对屏幕上的公司和地址，再缴费或报修。',
    '3. 家人、租客都能扫码帮着缴，不用记户号，不用登录。',
  ]
  fill(doc, { x: LEFT, y: 201, width: WIDE, height: 34 }, '#F4F5F7')
  for (const [index, step] of steps.entries())
    write(doc, step, { x: LEFT + 7, y: 205.5 + index * 9, size: 14, width: WIDE - 14 })
  write(doc, '扫码只看得到遮住的姓名和地址；本公司不会让您扫码转账给个人。', {
    ...centre,
    y: 241,
    size: 12,
    colour: QUIET,
  })
  write(doc, `客服热线 ${head.hotline}`, { ...centre, y: 252, size: 24, weight: 700, colour: INK })
  write(doc, '贴在门口或表箱上。码旧了、破了、被人盖住了，请打客服热线换新的。', {
    ...centre,
    y: 267,
    size: 11,
    colour: QUIET,
  })
  write(doc, `码号 ${code.number} · ${head.day}印`, { ...centre, y: 276, size: 10, colour: QUIET })
  return missing
}
