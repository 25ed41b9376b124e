/** What was found in a text of account numbers, as it was pasted or stood in a file. */
export interface FoundAccounts {
  readonly accountNos: readonly string[]
  /** How often a number came again. */
  readonly repeated: number
  /** The first lines without an account number, for whoever looks what went wrong; counted in full beside. */
  readonly unreadable: readonly string[]
  readonly unreadableCount: number
  /** How many were too many. */
  readonly over: number
}

export const mostAccounts = 20_000
const shownUnreadable = 5
const accountNo = /^\d{4,20}$/
const columnNames = /^(户号|用户编号|用户号|账号|客户编号|account|account ?no\.?|accountno|account_no)$/i

/** `="0021"`, `'0021` and `"0021"`: what spreadsheets put round a number so that its zeros stay. */
const bare = (cell: string): string =>
  cell
    .trim()
    .replace(/^="?|^'/, '')
    .replace(/^"|"$/g, '')
    .trim()

const cellsOf = (line: string): string[] => line.split(/[,，;；、\t]|\s{1,}/).map(bare)

/**
 * Reads account numbers out of a list or a table. In a table with a heading it is the column of that name; without
 * one the first number of a line. A line of nothing but numbers is a list.
 */
export function readAccounts(text: string, most: number = mostAccounts): FoundAccounts {
  const lines = text.normalize('NFKC').split(/\r\n|\r|\n/)
  const heading = tableCells(lines.find((line) => line.trim() !== '') ?? '').map(bare)
  const column = heading.findIndex((cell) => columnNames.test(cell))
  const found = new Set<string>()
  const unreadable: string[] = []
  let [repeated, unreadableCount, over, skipHeading] = [0, 0, 0, column >= 0]
  for (const line of lines) {
    if (line.trim() === '') continue
    if (skipHeading) {
      skipHeading = false
      continue
    }
    const numbers = numbersOf(line, column)
    if (numbers.length === 0) {
      unreadableCount++
      if (unreadable.length < shownUnreadable) unreadable.push(line.trim().slice(0, 40))
    }
    for (const one of numbers) {
      if (found.has(one)) repeated++
      else if (found.size >= most) over++
      else found.add(one)
    }
  }
  return { accountNos: [...found], repeated, unreadable, unreadableCount, over }
}

function numbersOf(line: string, column: number): string[] {
  if (column >= 0) {
    // A quoted address may have a comma of its own; cells are cut by commas only where a heading names the column.
    const cell = bare(tableCells(line)[column] ?? '')
    return accountNo.test(cell) ? [cell] : []
  }
  const cells = cellsOf(line).filter((cell) => cell !== '')
  if (cells.every((cell) => accountNo.test(cell))) return cells
  const first = cells.find((cell) => accountNo.test(cell))
  return first === undefined ? [] : [first]
}

/** Cells of one line of a CSV; what stands in quotes keeps its commas. */
function tableCells(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') && !line.includes(',') ? ';' : ','
  const cells: string[] = []
  let [cell, quoted] = ['', false]
  for (const sign of line) {
    if (sign === '"') quoted = !quoted
    if (sign === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += sign
  }
  return [...cells, cell]
}

/** Text of a file; what is not UTF-8 comes from Excel on a Chinese Windows. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // The company's own programs still write GB 18030.
    return new TextDecoder('gb18030').decode(bytes)
  }
}
