import { CloseOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { timeOf } from '../../../kit/format'
import { Loaded } from '../../../kit/loaded'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useFound } from '../api/reads'
import { chatWords } from '../words'

interface FindBarProps {
  readonly conversationId: string
  readonly onShow: (seq: number) => void
  readonly onClose: () => void
}

/** Searches within one conversation, also in what this page has not read. */
export function FindBar({ conversationId, onShow, onClose }: FindBarProps) {
  const words = useWords(chatWords)
  const kit = useWords(kitWords)
  const [q, setQ] = useState('')
  const found = useFound(conversationId, q)
  return (
    <search className="find-bar">
      <div className="pane-line">
        <Input.Search
          autoFocus
          size="small"
          aria-label={words.find}
          placeholder={words.findHint}
          maxLength={40}
          loading={found.isFetching}
          onSearch={setQ}
          onKeyDown={(event) => event.key === 'Escape' && onClose()}
        />
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={kit.close}
          onClick={onClose}
        />
      </div>
      {q.trim() === '' ? null : (
        <Loaded
          query={found}
          rows={2}
          empty={{ when: ({ items }) => items.length === 0, words: words.foundNone }}
        >
          {({ items }) => (
            <>
              <p className="quiet">{words.found(items.length)}</p>
              <ul className="found-list">
                {items.map(({ id, seq, at, name, content }) => (
                  <li key={id}>
                    <button type="button" className="plain-button ellipsis" onClick={() => onShow(seq)}>
                      <span className="num quiet">{timeOf(at)}</span> {name}：
                      {'text' in content ? content.text : ''}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      )}
    </search>
  )
}
