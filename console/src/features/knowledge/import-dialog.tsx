import { Alert, Button, Form, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Company, Output } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { useImport } from './api'
import { importable } from './draft'
import { knowledgeWords } from './words'

interface ImportDialogProps {
  readonly companies: readonly Company[]
  readonly companyId: string | null
  readonly onClose: () => void
}

/** Files that one has already become drafts; what was not understood is said line by line. */
export function ImportDialog({ companies, companyId: first, onClose }: ImportDialogProps) {
  const words = useWords(knowledgeWords)
  const make = useImport()
  const input = useRef<HTMLInputElement>(null)
  const [companyId, setCompanyId] = useState(first ?? companies[0]?.id ?? null)
  const [files, setFiles] = useState<readonly File[]>([])
  const { taken, left } = importable(files)
  const submit = async (): Promise<void> => {
    if (companyId === null) return
    const read = await Promise.all(taken.map(async (file) => ({ name: file.name, text: await file.text() })))
    make.mutate({ companyId, files: read })
  }
  return (
    <Modal
      open
      title={words.importTitle}
      width={640}
      okText={words.importOk}
      okButtonProps={{ disabled: taken.length === 0 || companyId === null, loading: make.isPending }}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <p className="quiet">{words.importText}</p>
      {make.error ? <Failed error={make.error} /> : null}
      <Form layout="vertical" component="div">
        {companies.length > 1 ? (
          <Form.Item label={words.company} htmlFor="import-company">
            <Select
              id="import-company"
              value={companyId}
              options={companies.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setCompanyId}
            />
          </Form.Item>
        ) : null}
        <input
          ref={input}
          type="file"
          accept=".md,.markdown,text/markdown"
          multiple
          style={{ display: 'none' }}
          aria-label={words.choose}
          onChange={(event) => {
            setFiles([...(event.target.files ?? [])])
            make.reset()
            event.target.value = ''
          }}
        />
        <Button onClick={() => input.current?.click()}>{words.choose}</Button>{' '}
        {files.length === 0 ? null : <span>{words.chosen(taken.length)}</span>}
        {left.length === 0 ? null : (
          <p className="tone-warn small">{words.left(left.map(({ name }) => name).join('、'))}</p>
        )}
      </Form>
      {make.data === undefined ? null : <Outcome answer={make.data} />}
    </Modal>
  )
}

function Outcome({ answer: { made, faults } }: { readonly answer: Output<'knowledge.import'> }) {
  const words = useWords(knowledgeWords)
  return (
    <div className="import-outcome" role="status">
      <Alert
        type={made.length > 0 ? 'success' : 'info'}
        showIcon
        title={words.made(made.length)}
        description={
          <ul>
            {made.map(({ articleId, title, name }) => (
              <li key={articleId}>
                <Link to={`/knowledge/${articleId}`}>{title}</Link> <span className="quiet">{name}</span>
              </li>
            ))}
          </ul>
        }
      />
      {faults.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={words.faults(faults.length)}
          description={
            <ul>
              {faults.map(({ name, line, message }) => (
                <li key={`${name}-${line}-${message}`}>
                  <b className="num">{words.faultAt(name, line)}</b>：{message}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </div>
  )
}
