import { createReadStream } from 'node:fs'

/**
 * The rows of a workbook's first sheet as text, streamed. Rows without a single value are no records. Numbers come
 * as their shortest decimal form; a cell that Excel shows as a date stays its serial number.
 */
export async function* readXlsx(path: string): AsyncGenerator<string[]> {
  // Loaded by the first workbook only: it is the largest of our libraries, and most processes never read one.
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(createReadStream(path), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'ignore',
    entries: 'ignore',
  })
  for await (const sheet of workbook) {
    for await (const row of sheet) {
      const values: unknown = row.values
      if (!Array.isArray(values)) continue
      // ExcelJS counts columns from 1 and leaves holes where a row has no cell.
      const cells = Array.from({ length: values.length - 1 }, (_, index) => cellText(values[index + 1]))
      if (cells.some((cell) => cell.trim() !== '')) yield cells
    }
    return
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return ''
  // A formula's last result, a hyperlink's text, rich text in pieces; an error cell has none of them and reads as ''.
  if ('result' in value) return cellText(value.result)
  if ('text' in value) return cellText(value.text)
  if ('richText' in value && Array.isArray(value.richText))
    return value.richText.map((piece) => cellText(piece)).join('')
  return ''
}
