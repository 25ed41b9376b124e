import { ReadOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Space } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../../kit/loaded'
import { useMay } from '../../../kit/me-context'
import { useWords } from '../../../words/language'
import { useArticles } from '../api/reads'
import type { CardRef } from './use-sending'
import { composerWords } from './words'

interface ArticlePickerProps {
  readonly companyId: string
  readonly onCard: (card: CardRef) => void
  readonly onText: (text: string) => void
}

/** Finds an article and sends it as a card, or takes its words into the answer. */
export function ArticlePicker(props: ArticlePickerProps) {
  const words = useWords(composerWords)
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may('knowledge.find')) return null
  const close = (): void => setOpen(false)
  return (
    <Popover
      trigger="click"
      placement="topLeft"
      open={open}
      onOpenChange={setOpen}
      content={
        open ? (
          <Choices
            companyId={props.companyId}
            onCard={(card) => {
              props.onCard(card)
              close()
            }}
            onText={(text) => {
              props.onText(text)
              close()
            }}
          />
        ) : null
      }
    >
      <Button size="small" icon={<ReadOutlined aria-hidden />}>
        {words.article}
      </Button>
    </Popover>
  )
}

function Choices({ companyId, onCard, onText }: ArticlePickerProps) {
  const words = useWords(composerWords)
  const [q, setQ] = useState('')
  const found = useArticles(companyId, q)
  return (
    <div className="reply-picker">
      <Input.Search
        autoFocus
        aria-label={words.articleHint}
        placeholder={words.articleHint}
        maxLength={60}
        loading={found.isFetching}
        onSearch={setQ}
      />
      {q.trim() === '' ? null : (
        <Loaded
          query={found}
          rows={3}
          empty={{ when: ({ items }) => items.length === 0, words: words.articleNone }}
        >
          {({ items }) => (
            <ul className="article-choices">
              {items.map(({ articleId, title, excerpt }) => (
                <li key={articleId}>
                  <b>{title}</b>
                  <div className="quiet">{excerpt}</div>
                  <Space>
                    <Button size="small" onClick={() => onCard({ type: 'article', id: articleId })}>
                      {words.articleCard}
                    </Button>
                    <Button size="small" onClick={() => onText(excerpt)}>
                      {words.articleText}
                    </Button>
                  </Space>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      )}
    </div>
  )
}
