import { dayOf } from './format'

/** A column as a file knows it: its head, and what its cell says to this person. */
interface TextColumn<Row> {
  readonly title: string
  readonly text: (row: Row) => string
}

/** By this mark a spreadsheet reads Chinese as UTF-8. */
const byteOrderMark = '\uFEFF'

/**
 * One cell. A spreadsheet takes what begins with one of these signs for a formula and runs it; an apostrophe in front
 * makes it text (security.md 1.2.10). The wide forms count too, because some programs read them as the narrow ones.
 * The server's exports keep the same rule; clients take only types from it.
 */
export function csvCell(text: string): string {
  const safe = /^\s*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** The rows as they stand in the table, column by column; nothing is asked of the server for it. */
export function csvOf<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => csvLine(columns.map(({ text }) => text(row))))
  return `${byteOrderMark}${csvLine(columns.map(({ title }) => title))}${lines.join('')}`
}

/** `审计记录-2026-11-22.csv`: the table and Shanghai's day, without signs that a file's name cannot have. */
export function csvName(table: string, atMs: number): string {
  const name = table.replace(/[\\/:*?"<>|\s]+/g, '-').replace(/^[-.]+|[-.]+$/g, '')
  return `${name === '' ? 'table' : name}-${dayOf(atMs)}.csv`
}
