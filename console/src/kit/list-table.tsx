import { DownloadOutlined } from '@ant-design/icons'
import { Button, type TableColumnType, type TableProps, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useAct } from '../api/query'
import { useWords } from '../words/language'
import { ColumnChoice, type NamedColumn, useColumns } from './column-choice'
import { csvName, csvOf } from './csv'
import { saveText } from './save-text'
import { useSay } from './use-done'
import { WideTable } from './wide-table'
import { kitWords } from './words'

/** A column: what its cell says, and how it is drawn where that is more than the words. */
export interface ListColumn<Row>
  extends NamedColumn,
    Pick<TableColumnType<Row>, 'align' | 'className' | 'ellipsis'> {
  readonly width: number
  /** The cell in words, masked as the cell is: shown where nothing is drawn, and what a file gets. */
  readonly text: (row: Row) => string
  readonly render?: (row: Row) => ReactNode
}

/** What may be done with a row: the last column, which is always there and in no file, and stays where a narrow window cuts. */
interface Acts<Row> {
  readonly title: string
  readonly width: number
  readonly render: (row: Row) => ReactNode
}

interface ListTableProps<Row>
  extends Omit<TableProps<Row>, 'columns' | 'dataSource' | 'title' | 'scroll' | 'pagination'> {
  /** Under this name the chosen columns are remembered. */
  readonly name: string
  /** What the table is called: for who cannot see it, and for the file. */
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly ListColumn<Row>[]
  readonly acts?: Acts<Row> | undefined
}

/** A table whose columns a person chooses, and whose shown rows they may take along as a file. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const { name, label, rows, columns, acts, ...rest } = props
  const words = useWords(kitWords)
  const { done, failed } = useSay()
  const note = useAct('staff.noteCsv')
  const { shown, choose } = useColumns(name, columns)
  const save = (): void => {
    // Data leaves the console only once it is written down that it does.
    note.mutate(
      { table: name, columns: shown.map(({ key }) => key), rows: rows.length },
      {
        onError: failed,
        onSuccess: () => {
          saveText(csvName(label, Date.now()), csvOf(shown, rows))
          done(words.csvDone(rows.length))
        },
      },
    )
  }
  return (
    <>
      <div className="table-tools">
        <ColumnChoice all={columns} shown={shown} choose={choose} of={label} small />
        <Tooltip title={words.csvHint}>
          <Button
            size="small"
            icon={<DownloadOutlined aria-hidden />}
            loading={note.isPending}
            aria-label={`${words.csv} ${label}`}
            onClick={save}
          >
            {words.csv}
          </Button>
        </Tooltip>
      </div>
      <WideTable<Row>
        aria-label={label}
        dataSource={[...rows]}
        columns={[...shown.map(drawn), ...(acts === undefined ? [] : [actsColumn(acts)])]}
        {...rest}
      />
    </>
  )
}

function drawn<Row>(column: ListColumn<Row>): TableColumnType<Row> {
  const { key, title, width, align, className, ellipsis, text, render } = column
  return {
    key,
    title,
    width,
    ...(align !== undefined && { align }),
    ...(className !== undefined && { className }),
    ...(ellipsis !== undefined && { ellipsis }),
    render: (_, row) => (render ?? text)(row),
  }
}

const actsColumn = <Row,>({ title, width, render }: Acts<Row>): TableColumnType<Row> => ({
  key: 'acts',
  title: <span className="hidden">{title}</span>,
  width,
  className: 'acts-cell',
  render: (_, row) => render(row),
})
