import { Table, type TableColumnsType, type TableProps } from 'antd'

interface WideTableProps<Row> extends Omit<TableProps<Row>, 'columns' | 'scroll' | 'pagination'> {
  /** Each with its width: together they are what the table needs at least. */
  readonly columns: TableColumnsType<Row>
}

/**
 * A table of fixed columns; a narrower window scrolls the table and not the page. antd's own sideways scrolling puts
 * a second, hidden head with its checkboxes into the page, which a keyboard could reach.
 */
export function WideTable<Row extends object>({ columns, ...rest }: WideTableProps<Row>) {
  const minWidth = columns.reduce((sum, { width }) => sum + Number(width ?? 160), rest.rowSelection ? 40 : 0)
  return (
    <div className="table-scroll">
      <div style={{ minWidth }}>
        <Table<Row>
          className="card-table"
          tableLayout="fixed"
          pagination={false}
          columns={columns}
          {...rest}
        />
      </div>
    </div>
  )
}
