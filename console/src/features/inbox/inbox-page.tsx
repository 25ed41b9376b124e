import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { DeskRow } from '../../api/types'
import { ColumnChoice, useColumns } from '../../kit/column-choice'
import { useCompanies } from '../../kit/companies'
import { Loaded } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { useKeys } from '../../kit/use-keys'
import { WideTable } from '../../kit/wide-table'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useRequestList } from './api/list-requests'
import { BulkBar } from './bulk-bar'
import { allColumns } from './columns'
import { FilterBar } from './filter-bar'
import { inputFrom, queryToKeep } from './filters'
import { InboxTabs } from './inbox-tabs'
import { InboxKeys } from './inbox-keys'
import { columnsOf } from './table-columns'
import { useRowKeys } from './use-row-keys'
import { ViewsMenu } from './views-menu'
import { inboxWords } from './words'

interface InboxPageProps {
  /** The export, which is a feature of its own: it gets the filters and columns of this list. */
  readonly renderExport: (query: string, columns: readonly string[]) => ReactNode
}

export function InboxPage({ renderExport }: InboxPageProps) {
  const words = useWords(inboxWords)
  const [params] = useSearchParams()
  const may = useMay()
  const [help, setHelp] = useState(false)
  useKeys({ '?': () => setHelp(true) })
  const named = allColumns.map((column) => ({ ...column, title: words.column[column.key] }))
  const { shown, choose } = useColumns('inbox', named)
  const columns = shown.map(({ key }) => key)
  const list = useRequestList(inputFrom(params))
  const mine = params.get('tab') === 'mine'
  const actions = (
    <>
      {may('views.list') ? <ViewsMenu /> : null}
      <ColumnChoice all={named} shown={shown} choose={choose} />
      {may('desk.export') ? renderExport(queryToKeep(params), columns) : null}
      <Button aria-label={words.keys} onClick={() => setHelp(true)}>
        ?
      </Button>
    </>
  )
  return (
    <Page title={words.title} actions={actions}>
      <InboxTabs />
      <FilterBar />
      <Loaded
        query={list}
        rows={12}
        empty={{
          when: (data) => data.items.length === 0,
          words: mine ? words.emptyMine : words.emptyHint,
        }}
      >
        {(data) => <RequestTable rows={data.items} columns={columns} waiting={list.isPlaceholderData} />}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
      <InboxKeys open={help} onClose={() => setHelp(false)} />
    </Page>
  )
}

interface RequestTableProps {
  readonly rows: readonly DeskRow[]
  readonly columns: Parameters<typeof columnsOf>[0]
  readonly waiting: boolean
}

function RequestTable({ rows, columns, waiting }: RequestTableProps) {
  const words = useWords(inboxWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const go = useNavigate()
  const may = useMay()
  const [params] = useSearchParams()
  const [current, setCurrent] = useState<string | null>(null)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const search = params.size === 0 ? '' : `?${params}`
  const toggle = (id: string): void =>
    setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]))
  useRowKeys({ rows, current, setCurrent, toggle, search })
  const selected = rows.filter(({ id }) => chosen.includes(id))
  return (
    <>
      {may('desk.bulk') ? <BulkBar rows={selected} onDone={() => setChosen([])} /> : null}
      <WideTable<DeskRow>
        size="middle"
        rowKey="id"
        aria-label={words.list}
        dataSource={[...rows]}
        columns={columnsOf(columns, { words, kit, companies, search })}
        loading={waiting}
        // A row's `children` is a number here, which the table would take for rows below it.
        expandable={{ childrenColumnName: 'rows' }}
        rowSelection={{
          selectedRowKeys: selected.map(({ id }) => id),
          onChange: (keys) => setChosen(keys.map(String)),
          getCheckboxProps: (row) => ({ 'aria-label': words.select(row.number) }) as object,
          columnWidth: 40,
        }}
        rowClassName={(row) => (row.id === current ? 'row-current' : 'row')}
        onRow={(row) => ({
          onClick: (event) => {
            if (event.target instanceof Element && event.target.closest('a, input, label, button')) return
            void go(`/requests/${row.id}${search}`)
          },
        })}
      />
    </>
  )
}
