import {
  A4,
  barOf,
  type Doc,
  drawCode,
  drawLogo,
  fill,
  INK,
  points,
  QUIET,
  write,
} from '../../core/print/draw'
import type { DrawPage } from '../../core/print/write-pdf'

/** Papers as rows under each other, cut into pages where they end; each page says whose it is and which of how many. */

const LEFT = 16
const WIDE = A4.widthMm - 2 * LEFT
const TOP = 34
const BOTTOM = A4.heightMm - 22
const LINE = '#D5D9DF'
const LOGO_MM = 16

export interface Letterhead {
  readonly companyName: string
  readonly brandColour: string
  /** A square PNG; null where the company has none. */
  readonly logo: Buffer | null
  readonly hotline: string
  /** What it is, such as 对账单. */
  readonly title: string
  /** At the foot of each page: when it was made and from when its figures are. */
  readonly foot: string
}

/** One row of a paper. It is never cut; what it draws begins at `y`, in millimetres from the top of the page. */
export interface Row {
  readonly height: number
  /** Drawn again at the top of a page that goes on in the middle of a table. */
  readonly under?: Row
  draw(doc: Doc, y: number): number
}

/** The pages of a paper. */
export function pagesOf(head: Letterhead, rows: readonly Row[]): DrawPage[] {
  const pages: Row[][] = [[]]
  let y = TOP
  for (const row of rows) {
    if (y + row.height > BOTTOM) {
      const again = row.under ? [row.under] : []
      pages.push([...again])
      y = TOP + again.reduce((sum, { height }) => sum + height, 0)
    }
    pages.at(-1)?.push(row)
    y += row.height
  }
  return pages.map((page, index) => (doc) => {
    let missing = drawHead(doc, head)
    let at = TOP
    for (const row of page) {
      missing += row.draw(doc, at)
      at += row.height
    }
    const foot = { x: LEFT, y: A4.heightMm - 15, size: 8.5, colour: QUIET, width: WIDE }
    missing += write(doc, head.foot, { ...foot, width: WIDE * 0.8 })
    write(doc, `第 ${index + 1} 页，共 ${pages.length} 页`, { ...foot, align: 'right' })
    return missing
  })
}

function drawHead(doc: Doc, head: Letterhead): number {
  const { ground, ink: on } = barOf(head.brandColour)
  fill(doc, { x: 0, y: 0, width: A4.widthMm, height: 26 }, ground)
  const room = head.logo === null ? 0 : LOGO_MM + 4
  if (head.logo !== null) drawLogo(doc, head.logo, { x: LEFT, y: 5, side: LOGO_MM })
  const missing = write(doc, head.companyName, {
    x: LEFT + room,
    y: 6,
    size: 19,
    weight: 700,
    colour: on,
    width: WIDE * 0.62 - room,
  })
  write(doc, `客服热线 ${head.hotline}`, {
    x: LEFT + room,
    y: 16.5,
    size: 10,
    colour: on,
    width: WIDE * 0.62 - room,
  })
  write(doc, head.title, { x: LEFT, y: 8.5, size: 19, colour: on, width: WIDE, align: 'right' })
  return missing
}

export const gap = (height: number): Row => ({ height, draw: () => 0 })

export const heading = (text: string): Row => ({
  height: 10,
  draw: (doc, y) => write(doc, text, { x: LEFT, y: y + 2, size: 13, weight: 700, width: WIDE }),
})

/** The one figure that the paper is about. */
export const figure = (label: string, text: string, beside = ''): Row => ({
  height: 17,
  draw: (doc, y) => {
    fill(doc, { x: LEFT, y, width: WIDE, height: 14 }, '#F4F5F7')
    return (
      write(doc, label, { x: LEFT + 4, y: y + 4.4, size: 11, colour: QUIET, width: WIDE * 0.3 }) +
      write(doc, text, { x: LEFT + WIDE * 0.26, y: y + 2.6, size: 19, weight: 700, width: WIDE * 0.34 }) +
      write(doc, beside, {
        x: LEFT + WIDE * 0.6,
        y: y + 4.6,
        size: 10.5,
        width: WIDE * 0.4 - 4,
        align: 'right',
      })
    )
  },
})

export const fact = (label: string, text: string): Row => ({
  height: 6.6,
  draw: (doc, y) =>
    write(doc, label, { x: LEFT, y: y + 1, size: 10, colour: QUIET, width: WIDE * 0.24 }) +
    write(doc, text, { x: LEFT + WIDE * 0.25, y: y + 1, size: 10.5, width: WIDE * 0.75 }),
})

/** A letter of Chinese is as wide as it is high, and others are about half of it. */
const LETTERS_A_LINE = 51

/** Sentences, broken where a line is full. */
export function paragraph(text: string, colour = INK): Row[] {
  const lines: string[] = []
  let [line, wide] = ['', 0]
  for (const letter of text) {
    const width = (letter.codePointAt(0) ?? 0) < 0x2e80 ? 0.56 : 1
    if (wide + width > LETTERS_A_LINE) {
      lines.push(line)
      ;[line, wide] = ['', 0]
    }
    line += letter
    wide += width
  }
  return [...lines, line].map((shown) => ({
    height: 5.6,
    draw: (doc, y) => write(doc, shown, { x: LEFT, y: y + 0.8, size: 9.5, colour, width: WIDE }),
  }))
}

export interface Column {
  readonly title: string
  /** Of the whole width. */
  readonly share: number
  readonly right?: true
}

/** A table whose head comes again on each page. */
export function tableRows(columns: readonly Column[], rows: readonly (readonly string[])[]): Row[] {
  const drawCells = (
    doc: Doc,
    y: number,
    cells: readonly string[],
    how: { bold?: true; colour?: string },
  ) => {
    let x = LEFT
    let missing = 0
    for (const [index, column] of columns.entries()) {
      const width = WIDE * column.share
      missing += write(doc, cells[index] ?? '', {
        x: x + 1,
        y: y + 1.5,
        size: 9.5,
        width: width - 2,
        align: column.right ? 'right' : 'left',
        ...(how.bold ? { weight: 700 as const } : {}),
        ...(how.colour === undefined ? {} : { colour: how.colour }),
      })
      x += width
    }
    doc.moveTo(points(LEFT), points(y + 7)).lineTo(points(LEFT + WIDE), points(y + 7))
    doc.lineWidth(0.4).stroke(LINE)
    return missing
  }
  const titles = columns.map(({ title }) => title)
  const head: Row = {
    height: 7.4,
    draw: (doc, y) => drawCells(doc, y, titles, { bold: true, colour: QUIET }),
  }
  return [
    head,
    ...rows.map((cells): Row => ({ height: 7, under: head, draw: (doc, y) => drawCells(doc, y, cells, {}) })),
  ]
}

/** A QR code with what to do with it beside it. */
export const codeRow = (url: string, lines: readonly string[]): Row => ({
  height: 46,
  draw: (doc, y) => {
    drawCode(doc, url, { x: LEFT, y: y + 2, side: CODE_MM })
    return lines.reduce(
      (missing, text, index) =>
        missing +
        write(doc, text, {
          x: LEFT + CODE_MM + 6,
          y: y + 8 + index * 8,
          size: index === 0 ? 15 : 10.5,
          weight: index === 0 ? 700 : 400,
          width: WIDE - CODE_MM - 6,
        }),
      0,
    )
  },
})

/** Where a code stands on its row, for those who look for it. */
export const CODE_MM = 42
