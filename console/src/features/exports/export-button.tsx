import { DownloadOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Output } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { useExport } from './api/export-requests'
import { useFilterWords } from './use-filter-words'
import { exportWords } from './words'

interface ExportButtonProps {
  readonly query: string
  readonly columns: readonly string[]
}

/** Says what an export is before it is made: limited, masked and audited. */
export function ExportButton({ query, columns }: ExportButtonProps) {
  const words = useWords(exportWords)
  const [open, setOpen] = useState(false)
  const inWords = useFilterWords()
  const make = useExport()
  const [reason, setReason] = useState('')
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
        onOk={() =>
          make.mutate({
            query,
            columns: [...columns],
            ...(reason.trim() !== '' && { reason: reason.trim() }),
          })
        }
      >
        <p>{words.rule}</p>
        <p className="quiet">
          {words.columns(columns.length)} · {inWords(query)}
        </p>
        {searching ? <p className="tone-warn">{words.noSearch}</p> : null}
        <Form layout="vertical" component="div">
          <Form.Item label={words.reason} htmlFor="export-reason">
            <Input
              id="export-reason"
              maxLength={100}
              placeholder={words.reasonHint}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
        {make.error ? <Failed error={make.error} /> : null}
        {make.data ? <Made answer={make.data} /> : null}
      </Modal>
    </>
  )
}

/** A small list is there at once; a large one waits for somebody's word. */
function Made({ answer }: { readonly answer: Output<'desk.export'> }) {
  const words = useWords(exportWords)
  if (answer.url === null)
    return (
      <p role="status">
        {words.waits(answer.rows)} <Link to="/exports">{words.toPage}</Link>
      </p>
    )
  return (
    <p role="status">
      {words.ready(answer.rows)}{' '}
      <Button type="primary" href={answer.url} download>
        {words.download}
      </Button>
    </p>
  )
}
