import { PictureOutlined, ThunderboltOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../../kit/loaded'
import { useMay } from '../../../kit/me-context'
import { useWords } from '../../../words/language'
import type { useCanned } from '../api/reads'
import { CannedDrawer } from './canned-drawer'
import type { Canned } from './use-sending'
import { composerWords } from './words'

interface CannedListProps {
  readonly query: ReturnType<typeof useCanned>
  readonly at: number
  readonly onPick: (at: number) => void
}

/** Ready answers with this conversation's figures in them; one whose figures are not known now cannot be sent. */
export function CannedList({ query, at, onPick }: CannedListProps) {
  const words = useWords(composerWords)
  return (
    <div className="over-field" role="listbox" aria-label={words.canned}>
      <Loaded
        query={query}
        rows={2}
        empty={{ when: ({ items }) => items.length === 0, words: words.cannedNone }}
      >
        {({ items }) => (
          <>
            {items.map((one, index) => (
              <CannedOption key={one.id} canned={one} on={index === at} onPick={() => onPick(index)} />
            ))}
            <p className="quiet">{words.cannedHint}</p>
          </>
        )}
      </Loaded>
    </div>
  )
}

interface CannedOptionProps {
  readonly canned: Canned
  readonly on: boolean
  readonly onPick: () => void
}

function CannedOption({ canned, on, onPick }: CannedOptionProps) {
  const words = useWords(composerWords)
  const { title, shortcut, filled, text, file, missing } = canned
  return (
    <button
      type="button"
      role="option"
      aria-selected={on}
      aria-disabled={missing.length > 0}
      className={on ? 'choice on' : 'choice'}
      // The field keeps the caret.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span>
        <b>{title}</b> <kbd>/{shortcut}</kbd>{' '}
        {file === null ? null : <PictureOutlined title={words.cannedWithImage} />}
      </span>
      <span className="quiet ellipsis">{filled ?? text}</span>
      {missing.length === 0 ? null : (
        <span className="tone-bad small">{words.cannedMissing(missing.join('、'))}</span>
      )}
    </button>
  )
}

export function CannedButton({ onOpen }: { readonly onOpen: () => void }) {
  const words = useWords(composerWords)
  const may = useMay()
  const [managing, setManaging] = useState(false)
  return (
    <>
      <Button size="small" icon={<ThunderboltOutlined aria-hidden />} onClick={onOpen}>
        {words.canned} <kbd>/</kbd>
      </Button>
      {may('chatDesk.saveCanned') ? (
        <Button size="small" type="link" onClick={() => setManaging(true)}>
          {words.cannedManage}
        </Button>
      ) : null}
      {managing ? <CannedDrawer onClose={() => setManaging(false)} /> : null}
    </>
  )
}
