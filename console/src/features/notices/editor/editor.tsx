import { Alert, Button, Form, Popconfirm } from 'antd'
import { useState } from 'react'
import { timeOf } from '../../../kit/format'
import { Failed } from '../../../kit/loaded'
import { Page } from '../../../kit/page'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { TestDialog } from '../test-dialog'
import { ConflictAlert } from './conflict-alert'
import { PreviewPanel } from './preview-panel'
import { PublishSection } from './publish-section'
import { ReachSection } from './reach-section'
import { SaySection } from './say-section'
import { type EditorState, useEditor } from './use-editor'
import type { EditorStart } from './use-saving'
import { editorWords } from './words'

interface EditorProps extends EditorStart {
  /** Its number, once it has one. */
  readonly number?: string
  /** Whether it was handed in already, so that a change takes it back. */
  readonly submitted?: boolean
}

/** What to say, whom to tell, and publishing it: from top to bottom, with the count beside it all the time. */
export function Editor({ number, submitted = false, ...start }: EditorProps) {
  const words = useWords(editorWords)
  const editor = useEditor(start)
  const title = number === undefined ? words.newTitle : words.editTitle(number)
  return (
    <Page title={title} actions={<SaveBar editor={editor} />}>
      {submitted ? <Alert className="gap-below" type="warning" showIcon title={words.backToDraft} /> : null}
      {editor.conflict === null ? null : <ConflictAlert editor={editor} conflict={editor.conflict} />}
      {editor.failed === null ? null : <Failed error={editor.failed} retry={() => void editor.recount()} />}
      <div className="notice-editor">
        <Form layout="vertical" component="div" className="notice-steps">
          <SaySection editor={editor} />
          <ReachSection editor={editor} />
          <PublishSection editor={editor} />
        </Form>
        <PreviewPanel editor={editor} />
      </div>
    </Page>
  )
}

function SaveBar({ editor }: { readonly editor: EditorState }) {
  const words = useWords(editorWords)
  const { done } = useSay()
  const [testing, setTesting] = useState(false)
  const { gaps, dirty, saved, savedAt, busy, restored } = editor
  const test = async (): Promise<void> => {
    if (dirty && (await editor.save()) === null) return
    setTesting(true)
  }
  const save = async (): Promise<void> => {
    if ((await editor.save()) !== null) done(words.saved)
  }
  const standing = dirty
    ? `${words.notSaved} · ${words.keptHere}`
    : savedAt === null
      ? ''
      : words.savedAt(timeOf(savedAt))
  return (
    <>
      <span className="quiet save-standing" role="status">
        {restored && dirty ? words.restoredHere : standing}
      </span>
      {dirty ? (
        <Popconfirm title={words.startOver} description={words.startOverText} onConfirm={editor.startOver}>
          <Button type="text">{words.startOver}</Button>
        </Popconfirm>
      ) : null}
      <Button disabled={gaps.length > 0} onClick={() => void test()}>
        {words.testSend}
      </Button>
      <Button disabled={gaps.length > 0 || !dirty} loading={busy} onClick={() => void save()}>
        {words.save}
      </Button>
      {testing && saved !== null ? (
        <TestDialog noticeId={saved.noticeId} revision={saved.revision} onClose={() => setTesting(false)} />
      ) : null}
    </>
  )
}
