import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { ROOT } from '../../scripts/sources'

/** The rows of the first sheet, as text and numbers. */
export async function readSheet(path: string): Promise<(string | number)[][]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const rows: (string | number)[][] = []
  book.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    const cells = Array.isArray(row.values) ? row.values.slice(1) : []
    rows.push(Array.from(cells, (cell) => (typeof cell === 'number' ? cell : String(cell ?? ''))))
  })
  return rows
}

/** The words of all pages, without blanks. */
export async function readPdf(pdf: string | Uint8Array): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const data = typeof pdf === 'string' ? new Uint8Array(await readFile(pdf)) : pdf
  const cMapUrl = `${join(ROOT, 'node_modules/pdfjs-dist/cmaps')}/`
  const document = await getDocument({ data, cMapUrl, cMapPacked: true, verbosity: 0 }).promise
  let text = ''
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    text += items.map((item) => ('str' in item ? item.str : '')).join('')
  }
  await document.destroy()
  return text.replaceAll(/\s/g, '')
}

/** `-¥1,234.50` and `1234.50` in fen. */
export function fenIn(text: string): number {
  const found = /(-?)¥?(\d[\d,]*)\.(\d{2})/.exec(text)
  if (!found) throw new Error(`no sum of money in “${text}”`)
  const [, sign, yuan = '', fen = ''] = found
  const size = Number(yuan.replaceAll(',', '')) * 100 + Number(fen)
  return sign === '-' && size !== 0 ? -size : size
}

/** A number of a sheet in fen. */
export const fenOf = (cell: string | number | undefined): number => Math.round(Number(cell) * 100)
