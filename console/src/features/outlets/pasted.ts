import type { OutletFacts } from './api'
import { spansOf } from './hours-text'

/** The columns of a table that is pasted from a spreadsheet, in this order. */
export const pastedColumns = [
  '名称',
  '地址',
  '电话',
  '纬度',
  '经度',
  '周一',
  '周二',
  '周三',
  '周四',
  '周五',
  '周六',
  '周日',
  '节假日',
  '能办什么',
  '取号',
] as const

export interface Pasted {
  readonly outlets: readonly OutletFacts[]
  /** Line by line what was not understood; with any of it nothing is sent. */
  readonly faults: readonly { readonly line: number; readonly column: string }[]
}

const e6 = (degrees: string): number | null => {
  const value = Math.round(Number(degrees) * 1_000_000)
  return /^\d{2,3}\.\d{3,8}$/.test(degrees.trim()) ? value : null
}

/** Cells are parted by tabs, as a spreadsheet copies them; a first line of headings is passed over. */
export function pasted(text: string): Pasted {
  const outlets: OutletFacts[] = []
  const faults: { line: number; column: string }[] = []
  text.split(/\r?\n/).forEach((row, index) => {
    const cells = row.split('\t').map((cell) => cell.trim())
    if (row.trim() === '' || cells[0] === pastedColumns[0]) return
    const { facts, wrong } = outletOf(cells)
    faults.push(...wrong.map((column) => ({ line: index + 1, column })))
    if (facts) outlets.push(facts)
  })
  return { outlets, faults }
}

function outletOf(cells: readonly string[]): { facts: OutletFacts | null; wrong: string[] } {
  const cell = (column: (typeof pastedColumns)[number]): string => cells[pastedColumns.indexOf(column)] ?? ''
  const days = pastedColumns.slice(5, 13)
  const spans = days.map((day) => spansOf(cell(day)))
  const [latE6, lngE6] = [e6(cell('纬度')), e6(cell('经度'))]
  const services = cell('能办什么')
    .split(/[、,，;；\s]+/)
    .filter((word) => word.length >= 2)
  const wrong = [
    ...(cell('名称').length < 2 ? ['名称'] : []),
    ...(cell('地址').length < 4 ? ['地址'] : []),
    ...(/^[\d-]{5,16}$/.test(cell('电话')) ? [] : ['电话']),
    ...(latE6 === null ? ['纬度'] : []),
    ...(lngE6 === null ? ['经度'] : []),
    ...days.filter((_, index) => spans[index] === null),
    ...(services.length === 0 ? ['能办什么'] : []),
  ]
  if (wrong.length > 0 || latE6 === null || lngE6 === null) return { facts: null, wrong }
  const known = spans.map((one) => one ?? [])
  return {
    wrong,
    facts: {
      name: cell('名称'),
      address: cell('地址'),
      phone: cell('电话'),
      latE6,
      lngE6,
      hours: { week: known.slice(0, 7), holiday: known[7] ?? [], exceptions: [] },
      services,
      access: {},
      note: '',
      hasTickets: ['是', '有', 'Y', 'y'].includes(cell('取号')),
      minutesEach: 8,
      state: 'open',
    },
  }
}
