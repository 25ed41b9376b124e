import type { TableColumnType } from 'antd'
import { Link } from 'react-router'
import type { Company, DeskRow } from '../../api/types'
import { Countdown } from '../../kit/countdown-text'
import { timeOf } from '../../kit/format'
import { StateTag } from '../../kit/tags'
import type { kitWords } from '../../kit/words'
import type { ColumnName } from './columns'
import { Marks } from './marks'
import type { inboxWords } from './words'

interface Texts {
  readonly words: (typeof inboxWords)['en']
  readonly kit: (typeof kitWords)['en']
  readonly companies: readonly Company[]
  /** The filters of the list, which the opened request keeps so that the way back leads here. */
  readonly search: string
}

type Column = TableColumnType<DeskRow>

/** The table's columns as they were chosen. */
export function columnsOf(chosen: readonly ColumnName[], texts: Texts): Column[] {
  return chosen.map((name) => ({ key: name, title: texts.words.column[name], ...column(name, texts) }))
}

function column(name: ColumnName, { kit, companies, search }: Texts): Column {
  const quiet = 'quiet ellipsis'
  const columns: Record<ColumnName, Column> = {
    number: {
      width: 168,
      render: (_, row) => (
        <Link className="num" to={`/requests/${row.id}${search}`}>
          {row.number}
        </Link>
      ),
    },
    clock: {
      width: 186,
      render: (_, row) => (
        <span className="clock-cell">
          {row.clock ? <span className="quiet">{kit.clock[row.clock.kind]} </span> : null}
          <Countdown clock={row.clock} />
        </span>
      ),
    },
    state: { width: 88, render: (_, row) => <StateTag state={row.state} /> },
    type: { width: 112, ellipsis: true, dataIndex: 'typeName' },
    excerpt: { width: 220, ellipsis: true, dataIndex: 'excerpt' },
    marks: { width: 168, render: (_, row) => <Marks row={row} /> },
    area: { width: 116, className: quiet, ellipsis: true, render: (_, row) => row.areaName ?? kit.unknown },
    address: { width: 190, ellipsis: true, render: (_, row) => row.addressMasked ?? kit.unknown },
    team: { width: 110, ellipsis: true, render: (_, row) => row.team?.name ?? kit.unknown },
    assignee: { width: 92, ellipsis: true, render: (_, row) => row.assignee?.name ?? kit.unknown },
    createdAt: { width: 112, className: 'num quiet', render: (_, row) => timeOf(row.createdAt) },
    updatedAt: { width: 112, className: 'num quiet', render: (_, row) => timeOf(row.updatedAt) },
    company: {
      width: 110,
      ellipsis: true,
      render: (_, row) => companies.find(({ id }) => id === row.companyId)?.name ?? row.companyId,
    },
    priority: { width: 80, render: (_, row) => priorityWord(row.priority, kit) },
  }
  return columns[name]
}

const priorityWord = (priority: number, kit: Texts['kit']): string =>
  ({ 1: kit.priority.p1, 2: kit.priority.p2, 3: kit.priority.p3, 4: kit.priority.p4 })[priority] ?? ''
