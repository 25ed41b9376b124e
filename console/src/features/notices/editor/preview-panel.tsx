import { Alert, Button } from 'antd'
import { Failed } from '../../../kit/loaded'
import { useWords } from '../../../words/language'
import { Counted } from '../counted/counted'
import type { EditorState } from './use-editor'
import { editorWords } from './words'

/** Who will be told, by which channel and at what cost; it counts anew by itself when that changes. */
export function PreviewPanel({ editor }: { readonly editor: EditorState }) {
  const words = useWords(editorWords)
  const { preview, gaps, fresh, busy, conflict } = editor
  const counting = busy || preview?.state === 'counting'
  // Everything is there, and the count begins once nobody types any more.
  const stuck = editor.failed !== null || editor.countError !== null || conflict !== null
  const awaited = preview === null && gaps.length === 0 && !stuck
  return (
    <aside className="card notice-preview" aria-labelledby="preview-head">
      <h2 id="preview-head">
        {words.preview}{' '}
        <span className="quiet" role="status">
          {counting || awaited
            ? words.counting
            : preview?.state === 'done' && fresh === null && gaps.length === 0
              ? words.oldCount
              : ''}
        </span>
      </h2>
      {gaps.length > 0 ? <Gaps gaps={gaps} /> : null}
      {editor.countError === null ? null : (
        <Failed error={editor.countError} retry={() => void editor.recount()} />
      )}
      {preview?.state === 'failed' ? (
        <Alert
          type="error"
          showIcon
          title={words.countFailed}
          action={
            <Button size="small" onClick={() => void editor.recount()}>
              {words.recount}
            </Button>
          }
        />
      ) : null}
      {preview?.state === 'done' ? (
        <Counted preview={preview} />
      ) : gaps.length === 0 || conflict !== null ? null : (
        <p className="quiet">{words.previewWhen}</p>
      )}
    </aside>
  )
}

function Gaps({ gaps }: Pick<EditorState, 'gaps'>) {
  const words = useWords(editorWords)
  return (
    <div className="gaps">
      <h3>{words.gaps}</h3>
      <ul>
        {gaps.map((gap) => (
          <li key={gap}>{words.gapOf[gap]}</li>
        ))}
      </ul>
    </div>
  )
}
