import { type BitMatrix, create as createCode } from 'qrcode'
import { contrast, shadeForWhite } from '../colour'
import { fontBytes, piecesOf, type Weight } from './font'

/** Drawing on a page of a PDF; all lengths are millimetres from its top left, letters are sized in points. */

export type Doc = PDFKit.PDFDocument

export const A4 = { widthMm: 210, heightMm: 297 } as const

export const INK = '#17191C'
export const QUIET = '#5B626B'

export const points = (millimetres: number): number => (millimetres * 72) / 25.4
const millimetres = (pts: number): number => (pts * 25.4) / 72

export interface Line {
  readonly x: number
  /** Of the top of the letters. */
  readonly y: number
  readonly size: number
  readonly weight?: Weight
  readonly colour?: string
  /** A longer line is drawn smaller, down to six tenths, and cut with … only then. */
  readonly width?: number
  readonly align?: 'left' | 'centre' | 'right'
}

const SMALLEST = 0.6

/** Draws one line and answers how many characters had to be 〓. */
export function write(doc: Doc, text: string, line: Line): number {
  const weight = line.weight ?? 400
  const fitted = fit(doc, text, weight, line)
  const wide = millimetres(widthOf(doc, fitted.text, weight, fitted.size))
  const spare = (line.width ?? wide) - wide
  const left = line.x + { left: 0, centre: spare / 2, right: spare }[line.align ?? 'left']
  // A line that became smaller stays on the middle of its place.
  const top = line.y + millimetres(line.size - fitted.size) * 0.6
  let x = points(left)
  doc.fillColor(line.colour ?? INK)
  const { pieces, missing } = piecesOf(fitted.text, weight)
  for (const piece of pieces) {
    useFont(doc, piece.font, fitted.size)
    doc.text(piece.text, x, points(top), { lineBreak: false })
    x += doc.widthOfString(piece.text)
  }
  return missing
}

function fit(doc: Doc, text: string, weight: Weight, line: Line): { text: string; size: number } {
  if (line.width === undefined) return { text, size: line.size }
  const most = points(line.width)
  const wide = widthOf(doc, text, weight, line.size)
  if (wide <= most) return { text, size: line.size }
  const size = line.size * Math.max(SMALLEST, most / wide)
  const letters = [...text]
  let shown = text
  for (let kept = letters.length - 1; kept > 1 && widthOf(doc, shown, weight, size) > most + 0.01; kept--)
    shown = shortened(letters, kept)
  return { text: shown, size }
}

/** Cut in the middle, because the end of a name tells 三期 from 二期. */
function shortened(letters: readonly string[], kept: number): string {
  const tail = Math.min(4, Math.floor(kept / 2))
  return `${letters.slice(0, kept - tail).join('')}…${letters.slice(letters.length - tail).join('')}`
}

function widthOf(doc: Doc, text: string, weight: Weight, size: number): number {
  return piecesOf(text, weight).pieces.reduce((sum, piece) => {
    useFont(doc, piece.font, size)
    return sum + doc.widthOfString(piece.text)
  }, 0)
}

/** A document opens each font file once, under its name. */
const opened = new WeakMap<Doc, Set<string>>()

function useFont(doc: Doc, font: string, size: number): void {
  const known = opened.get(doc) ?? new Set<string>()
  opened.set(doc, known)
  if (!known.has(font)) {
    doc.registerFont(font, fontBytes(font))
    known.add(font)
  }
  doc.font(font).fontSize(size)
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function fill(doc: Doc, box: Box, colour: string): void {
  doc.rect(points(box.x), points(box.y), points(box.width), points(box.height)).fill(colour)
}

/** Modules of white around the code, as the standard asks. */
const QUIET_ZONE = 4
/** Smaller ones are lost on a rough wall or by an old telephone. */
const MODULE_MIN_MM = 0.4

/**
 * A QR code as one vector path with its quiet zone, `side` wide altogether. A quarter of it may be scratched away
 * (level Q). Throws where its modules would be too small to be read.
 */
export function drawCode(
  doc: Doc,
  url: string,
  at: { readonly x: number; readonly y: number; readonly side: number },
): void {
  const { modules } = createCode(url, { errorCorrectionLevel: 'Q' })
  const all = modules.size + 2 * QUIET_ZONE
  const moduleMm = at.side / all
  if (moduleMm < MODULE_MIN_MM)
    throw new Error(`The link is too long: a module would be ${moduleMm} mm wide.`)
  fill(doc, { x: at.x, y: at.y, width: at.side, height: at.side }, '#FFFFFF')
  doc.save()
  doc.translate(points(at.x), points(at.y)).scale(points(moduleMm))
  // As one operator: one by one, the four hundred rectangles of a code cost more than all else on its sticker.
  doc.addContent(barsOf(modules).join(' '))
  doc.fill('#000000').restore()
}

/** The dark modules as rectangles of a PDF's path, those in a row taken together. */
function barsOf(modules: BitMatrix): string[] {
  const { size } = modules
  const bars: string[] = []
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; ) {
      let end = column
      while (end < size && modules.get(row, end)) end++
      if (end > column) bars.push(`${QUIET_ZONE + column} ${QUIET_ZONE + row} ${end - column} 1 re`)
      column = Math.max(end, column + 1)
    }
  }
  return bars
}

const ARM_MM = 1.5

/** A hair-thin cross at each corner of each sticker: where to cut, or how the sheet lies in the printer. */
export function drawCutMarks(doc: Doc, xs: readonly number[], ys: readonly number[]): void {
  doc.lineWidth(0.4)
  for (const x of xs)
    for (const y of ys) {
      doc.moveTo(points(x - ARM_MM), points(y)).lineTo(points(x + ARM_MM), points(y))
      doc.moveTo(points(x), points(y - ARM_MM)).lineTo(points(x), points(y + ARM_MM))
    }
  doc.stroke('#8A8F98')
}

/** A bar in a company's colour and the ink on it: black on a light colour, else white, on a darker shade where it must be. */
export function barOf(colour: string): { readonly ground: string; readonly ink: string } {
  if (contrast(colour, '#FFFFFF') >= 4.5) return { ground: colour, ink: '#FFFFFF' }
  if (contrast(colour, INK) >= 4.5) return { ground: colour, ink: INK }
  return { ground: shadeForWhite(colour), ink: '#FFFFFF' }
}

/** A company's logo on a white plate, so that it may have been drawn for paper. */
export function drawLogo(doc: Doc, png: Buffer, at: { x: number; y: number; side: number }): void {
  const edge = at.side * 0.08
  doc.roundedRect(points(at.x), points(at.y), points(at.side), points(at.side), points(1.5)).fill('#FFFFFF')
  doc.image(pictureOf(doc, png), points(at.x + edge), points(at.y + edge), {
    width: points(at.side - 2 * edge),
  })
}

const pictures = new WeakMap<Doc, Map<Buffer, PDFKit.Mixins.ImageSrc>>()

/** A picture as the document holds it: once, on however many stickers it is drawn. */
function pictureOf(doc: Doc, png: Buffer): PDFKit.Mixins.ImageSrc {
  const known = pictures.get(doc) ?? new Map<Buffer, PDFKit.Mixins.ImageSrc>()
  pictures.set(doc, known)
  // The typings leave openImage out; it gives what `image` takes in place of bytes.
  const opened = known.get(png) ?? (doc as Doc & Opener).openImage(png)
  known.set(png, opened)
  return opened
}
interface Opener {
  openImage(bytes: Buffer): PDFKit.Mixins.ImageSrc
}
