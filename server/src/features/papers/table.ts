import { PassThrough, Readable } from 'node:stream'
import { formatYuan } from '../../core/money'
import { BYTE_ORDER_MARK, csvCell } from '../desk'

/** Text, money in fen, or an exact decimal as text. Money and decimals become numbers of the sheet, text never does. */
export type Cell = string | { readonly fen: number } | { readonly decimal: string } | null

/** A table with what stands above it. Rows are taken one by one, so a long table is never whole in memory. */
export interface Table {
  /** The sheet's own name. */
  readonly name: string
  readonly above: readonly (readonly Cell[])[]
  readonly head: readonly string[]
  /** Characters, per column. */
  readonly widths: readonly number[]
  rows(): Iterable<readonly Cell[]>
}

/** CSV as a spreadsheet opens it: UTF-8 with its mark, CRLF, and nothing that would be run as a formula. */
export function csvOf(table: Table): Readable {
  return Readable.from(csvPieces(table))
}

function* csvPieces(table: Table): Generator<string> {
  yield BYTE_ORDER_MARK
  for (const cells of linesOf(table)) yield `${cells.map(inCsv).join(',')}\r\n`
}

const inCsv = (cell: Cell): string =>
  // Made of digits here, so that a minus in front is a minus and not the beginning of a formula.
  cell !== null && typeof cell === 'object' ? decimalOf(cell) : csvCell(cell)

const decimalOf = (cell: { readonly fen: number } | { readonly decimal: string }): string =>
  'fen' in cell ? formatYuan(cell.fen) : cell.decimal

function* linesOf(table: Table): Generator<readonly Cell[]> {
  yield* table.above
  yield table.head
  yield* table.rows()
}

/** XLSX, written while it is read. Text is text to the sheet, whatever it begins with. */
export function xlsxOf(table: Table): Readable {
  const out = new PassThrough()
  writeSheet(table, out).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return out
}

async function writeSheet(table: Table, out: PassThrough): Promise<void> {
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: out,
    useSharedStrings: false,
    useStyles: true,
  })
  const sheet = book.addWorksheet(table.name, {
    views: [{ state: 'frozen', ySplit: table.above.length + 1 }],
  })
  sheet.columns = table.widths.map((width) => ({ width }))
  for (const cells of linesOf(table)) {
    const row = sheet.addRow(cells.map(inSheet))
    for (const [index, cell] of cells.entries())
      if (cell !== null && typeof cell === 'object' && 'fen' in cell)
        row.getCell(index + 1).numFmt = '#,##0.00'
    row.font = { bold: cells === table.head }
    row.commit()
  }
  sheet.commit()
  await book.commit()
}

// Two decimals written out and read back give the number that a person would have typed.
const inSheet = (cell: Cell): string | number | null =>
  cell !== null && typeof cell === 'object' ? Number(decimalOf(cell)) : cell
