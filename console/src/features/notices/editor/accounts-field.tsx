import { UploadOutlined } from '@ant-design/icons'
import { Alert, Button, Input } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { count } from '../../../kit/count'
import { useWords } from '../../../words/language'
import { mostAccounts, readAccounts, textOf } from './accounts'
import { editorWords } from './words'

interface AccountsFieldProps {
  readonly accountNos: readonly string[]
  readonly onChange: (accountNos: readonly string[]) => void
}

const mostBytes = 4 * 1024 * 1024

/** Account numbers from a list that is pasted, or from a file; what could not be read is said before it is added. */
export function AccountsField({ accountNos, onChange }: AccountsFieldProps) {
  const words = useWords(editorWords)
  const [text, setText] = useState('')
  const [failed, setFailed] = useState<string | null>(null)
  // What is there already takes its part of the twenty thousand.
  const found = useMemo(() => readAccounts(text), [text])
  const together = [...new Set([...accountNos, ...found.accountNos])]
  const over = found.over + Math.max(0, together.length - mostAccounts)
  const open = async (file: File): Promise<void> => {
    setFailed(null)
    if (file.size > mostBytes) {
      setFailed(words.fileTooLarge)
      return
    }
    try {
      setText(textOf(await file.arrayBuffer()))
    } catch {
      // The file was moved or the disk is gone: nothing was read.
      setFailed(words.fileFailed)
    }
  }
  const add = (): void => {
    onChange(together.slice(0, mostAccounts))
    setText('')
  }
  return (
    <div className="accounts">
      <Input.TextArea
        aria-label={words.accountsPaste}
        placeholder={words.accountsPaste}
        rows={6}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row-actions">
        <FileButton onFile={(file) => void open(file)} />
        <Button type="primary" disabled={found.accountNos.length === 0} onClick={add}>
          {words.accountsAdd(count(found.accountNos.length))}
        </Button>
        <span className="quiet">{words.accountsHint}</span>
      </div>
      {failed === null ? null : <Alert type="error" showIcon role="alert" title={failed} />}
      {text.trim() === '' ? null : (
        <p role="status" className="small">
          {words.accountsFound(count(found.accountNos.length))}
          {found.repeated > 0 ? ` · ${words.accountsRepeated(found.repeated)}` : ''}
          {found.unreadableCount > 0
            ? ` · ${words.accountsUnreadable(found.unreadableCount, found.unreadable.join('、'))}`
            : ''}
          {over > 0 ? ` · ${words.accountsOver(over)}` : ''}
        </p>
      )}
    </div>
  )
}

/** A file is read here and never sent as it is. */
function FileButton({ onFile }: { readonly onFile: (file: File) => void }) {
  const words = useWords(editorWords)
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        className="hidden"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
      <Button icon={<UploadOutlined aria-hidden />} onClick={() => picker.current?.click()}>
        {words.accountsFile}
      </Button>
    </>
  )
}
