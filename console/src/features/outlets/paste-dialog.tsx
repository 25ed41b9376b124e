import { Alert, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { Company } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useImportOutlets } from './api'
import { pasted, pastedColumns } from './pasted'
import { outletWords } from './words'

interface PasteDialogProps {
  readonly companies: readonly Company[]
  readonly onClose: () => void
}

/** A whole list from a spreadsheet; with one fault nothing is taken. */
export function PasteDialog({ companies, onClose }: PasteDialogProps) {
  const words = useWords(outletWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const take = useImportOutlets()
  const [companyId, setCompanyId] = useState(companies[0]?.id ?? '')
  const [text, setText] = useState('')
  const { outlets, faults } = pasted(text)
  const submit = (): void =>
    take.mutate(
      { companyId, outlets: [...outlets] },
      {
        onSuccess: ({ added, changed }) => {
          done(words.pasteDone(added, changed))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      width={720}
      title={words.pasteTitle}
      okText={words.pasteOk}
      okButtonProps={{ disabled: outlets.length === 0 || faults.length > 0, loading: take.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {take.error ? <Failed error={take.error} /> : null}
      <p className="quiet">
        {words.pasteText}
        {pastedColumns.join('、')}
      </p>
      <Form layout="vertical" component="div">
        <Form.Item label={kit.company} htmlFor="paste-company">
          <Select
            id="paste-company"
            value={companyId}
            options={companies.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setCompanyId}
          />
        </Form.Item>
        <Input.TextArea
          aria-label={words.pasteTitle}
          rows={8}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Form>
      {faults.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={words.pasteFaults(
            faults.map(({ line, column }) => words.pasteFault(line, column)).join('、'),
          )}
        />
      ) : text === '' ? null : (
        <p role="status">{words.pasteCount(outlets.length)}</p>
      )}
    </Modal>
  )
}
