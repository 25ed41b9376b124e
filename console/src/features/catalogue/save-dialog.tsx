import { Alert, App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { ApiError, isConflict } from '../../api/errors'
import type { CatalogueBody } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useSaveCatalogue } from './api/save-catalogue'
import type { Change } from './diff'
import { catalogueWords } from './words'

interface SaveDialogProps {
  readonly companyId: string
  readonly basedOn: number
  readonly body: CatalogueBody
  readonly changes: readonly Change[]
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** Shows every change before it counts, and asks why. */
export function SaveDialog({ companyId, basedOn, body, changes, onClose, onSaved }: SaveDialogProps) {
  const words = useWords(catalogueWords)
  const { modal } = App.useApp()
  const { done } = useSay()
  const save = useSaveCatalogue()
  const [note, setNote] = useState('')
  const submit = (): void =>
    save.mutate(
      { companyId, basedOn, body, note: note.trim() },
      {
        onSuccess: ({ version, warnings }) => {
          done(words.saved(version))
          if (warnings.length > 0)
            modal.warning({ title: words.warnings, content: warnings.map((one) => <p key={one}>{one}</p>) })
          onSaved()
        },
      },
    )
  return (
    <Modal
      open
      width={760}
      title={words.reviewTitle}
      okText={words.saveVersion}
      okButtonProps={{ disabled: note.trim().length < 2 || changes.length === 0, loading: save.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {save.error ? <Refused error={save.error} /> : null}
      <ChangeTable changes={changes} />
      <Form layout="vertical">
        <Form.Item label={words.note} htmlFor="catalogue-note">
          <Input
            id="catalogue-note"
            placeholder={words.noteHint}
            maxLength={100}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}

function Refused({ error }: { readonly error: unknown }) {
  const words = useWords(catalogueWords)
  if (isConflict(error)) return <Alert type="warning" showIcon role="alert" title={words.conflict} />
  const fields = error instanceof ApiError ? error.fields : []
  return (
    <>
      <Failed error={error} />
      {fields.slice(0, 10).map(({ path, message }) => (
        <p key={path} className="tone-bad small">
          {path}：{message}
        </p>
      ))}
    </>
  )
}

/** Type, field, before and after; a whole type that comes or goes is one line. */
function ChangeTable({ changes }: { readonly changes: readonly Change[] }) {
  const words = useWords(catalogueWords)
  const labels: Readonly<Record<string, string>> = words.field
  const named = (path: readonly string[]): string => path.map((part) => labels[part] ?? part).join(' · ')
  return (
    <div className="changes">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.types}</th>
            <th scope="col">{words.item}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={`${change.type}-${change.kind}-${change.path.join('.')}`}>
              <td>{change.type ?? words.general}</td>
              <td>{change.kind === 'changed' ? named(change.path) : words[change.kind]}</td>
              <td className="before">{change.before}</td>
              <td className="after">{change.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
