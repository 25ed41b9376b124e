import { DownloadOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Failed } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { useExport } from './api/export-requests'
import { exportWords } from './words'

interface ExportButtonProps {
  readonly query: string
  readonly columns: readonly string[]
}

/** Says what an export is before it is made: limited, masked and audited. */
export function ExportButton({ query, columns }: ExportButtonProps) {
  const words = useWords(exportWords)
  const [open, setOpen] = useState(false)
  const make = useExport()
  // What somebody searched for may be a telephone number, and an export's filters are audited.
  const searching = new URLSearchParams(query).has('q')
  const close = (): void => {
    setOpen(false)
    make.reset()
  }
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {words.export}
      </Button>
      <Modal
        open={open}
        title={words.title}
        onCancel={close}
        okText={words.prepare}
        okButtonProps={{ loading: make.isPending, disabled: make.isSuccess || searching }}
        onOk={() => make.mutate({ query, columns: [...columns] })}
      >
        <p>{words.rule}</p>
        <p className="quiet">
          {words.columns(columns.length)} · {words.filters(query)}
        </p>
        {searching ? <p className="tone-warn">{words.noSearch}</p> : null}
        {make.error ? <Failed error={make.error} /> : null}
        {make.data ? (
          <p role="status">
            {words.ready(make.data.rows)}{' '}
            <Button type="primary" href={make.data.url} download>
              {words.download}
            </Button>
          </p>
        ) : null}
      </Modal>
    </>
  )
}
