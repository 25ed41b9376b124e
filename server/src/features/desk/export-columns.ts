import { AppError } from '../../core/errors'
import { shanghaiDateTime } from '../../core/clock'
import type { DeskRow } from './schema'

interface Column {
  readonly title: string
  readonly cell: (row: DeskRow, words: ExportWords) => string | number | null
}

/** What the rows' codes are called. */
export interface ExportWords {
  readonly state: (state: DeskRow['state']) => string
  readonly class: (kind: DeskRow['class']) => string
  readonly clock: (kind: NonNullable<DeskRow['clock']>['kind']) => string
  readonly company: (companyId: string) => string
}

const minute = (at: number | null): string => (at === null ? '' : shanghaiDateTime(at).slice(0, 16))
const CLOCK_STATES: Readonly<Record<string, string>> = {
  running: '计时中',
  paused: '已暂停',
  missed: '已超时',
}

function clockCell({ clock }: DeskRow, words: ExportWords): string {
  if (!clock) return ''
  const due = clock.dueAt === null ? '' : ` ${minute(clock.dueAt)}`
  return `${words.clock(clock.kind)}${due} ${CLOCK_STATES[clock.state] ?? clock.state}`
}

function marksCell(row: DeskRow): string {
  return [
    ...(row.urges > 0 ? [`催办${row.urges}`] : []),
    ...(row.reopened > 0 ? [`重开${row.reopened}`] : []),
    ...(row.escalation > 0 ? [`升级${row.escalation}`] : []),
    ...(row.children > 0 ? [`合并${row.children}`] : []),
    ...(row.hasPhotos ? ['有照片'] : []),
  ].join(' ')
}

/** The columns of the console's list, by the names that it uses. All that is personal is masked already. */
const COLUMNS: Readonly<Record<string, Column>> = {
  number: { title: '编号', cell: (row) => row.number },
  company: { title: '公司', cell: (row, words) => words.company(row.companyId) },
  class: { title: '类别', cell: (row, words) => words.class(row.class) },
  type: { title: '类型', cell: (row) => row.typeName },
  state: { title: '状态', cell: (row, words) => words.state(row.state) },
  priority: { title: '优先级', cell: (row) => row.priority },
  clock: { title: '时限', cell: clockCell },
  excerpt: { title: '描述', cell: (row) => row.excerpt },
  area: { title: '区域', cell: (row) => row.areaName },
  address: { title: '地址', cell: (row) => row.addressMasked },
  marks: { title: '标记', cell: marksCell },
  team: { title: '班组', cell: (row) => row.team?.name ?? null },
  assignee: { title: '负责人', cell: (row) => row.assignee?.name ?? null },
  createdAt: { title: '提交时间', cell: (row) => minute(row.createdAt) },
  updatedAt: { title: '更新时间', cell: (row) => minute(row.updatedAt) },
  urges: { title: '催办次数', cell: (row) => row.urges },
  reopened: { title: '重开次数', cell: (row) => row.reopened },
  escalation: { title: '升级级别', cell: (row) => row.escalation },
  children: { title: '合并数', cell: (row) => row.children },
}

/** The chosen columns in their order, the number first. Errors: invalid_input for one that we do not have. */
export function exportColumns(names: readonly string[]): readonly Column[] {
  return ['number', ...new Set(names.filter((name) => name !== 'number'))].map((name) => {
    const column = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined
    if (!column) throw new AppError('invalid_input', { fields: [{ path: 'columns', message: '没有这一列' }] })
    return column
  })
}
