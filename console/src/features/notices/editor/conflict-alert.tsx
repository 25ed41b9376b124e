import { Alert, Button, Space } from 'antd'
import { Link } from 'react-router'
import { useWords } from '../../../words/language'
import { changedIn } from './draft'
import type { EditorState } from './use-editor'
import type { Conflict } from './use-saving'
import { editorWords } from './words'

interface ConflictAlertProps {
  readonly editor: EditorState
  readonly conflict: Conflict
}

/** A colleague was faster: what differs, and whose words shall stand. */
export function ConflictAlert({ editor, conflict }: ConflictAlertProps) {
  const words = useWords(editorWords)
  const fields = changedIn(editor.form, conflict.form).map((name) => words.fieldOf[name])
  const look = <Link to={`/notices/${conflict.noticeId}`}>{words.openNotice}</Link>
  const ways = (
    <Space wrap>
      <Button size="small" type="primary" onClick={() => editor.keepMine(conflict)}>
        {words.keepMine}
      </Button>
      <Button size="small" onClick={() => editor.takeTheirs(conflict)}>
        {words.takeTheirs}
      </Button>
      {look}
    </Space>
  )
  const text = fields.length === 0 ? words.conflictSame : words.conflictText(fields.join('、'))
  return (
    <Alert
      className="gap-below"
      type="warning"
      showIcon
      role="alert"
      title={words.conflictTitle}
      description={
        <>
          <p>{conflict.editable ? text : words.notDraft}</p>
          {conflict.editable ? ways : look}
        </>
      }
    />
  )
}
