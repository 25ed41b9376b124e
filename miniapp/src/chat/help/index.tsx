import { Input, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { read } from '../../api/client'
import { usePortalLoaded } from '../../parts/gate'
import { go } from '../../routes'
import { useResource } from '../../state/resource'
import { Card, Empty, Icon, Page, Row, Show, Tag } from '../../ui'
import { focusable } from '../../ui/focusable'
import { said } from '../words'
import '../chat.scss'

/** Whoever types on is not asked about each letter. */
const pauseMs = 300
const most = 10
const bones = [96, 300] as const

/** Answers by oneself: a line to type in, what people ask most, and a person when that was not it. */
export default function HelpPage() {
  const portal = usePortalLoaded()
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState('')
  const typed = text.trim()
  useEffect(() => {
    if (typed === '') return
    const timer = setTimeout(() => setWanted(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  const companies = portal?.companies ?? []
  const nameOf = (companyId: string) =>
    companies.length > 1 ? (companies.find(({ id }) => id === companyId)?.name ?? null) : null
  return (
    <Page title={said.help.title}>
      <Card className="help-search">
        <Icon name="search" className="t-3" />
        <Input
          id="help-search"
          className="field-input"
          value={text}
          placeholder={said.help.holder}
          placeholderClass="field-hint"
          maxlength={60}
          confirmType="search"
          ariaLabel={said.help.search}
          onInput={(event) => setText(event.detail.value)}
          onConfirm={() => setWanted(typed)}
        />
        {text === '' ? null : (
          <View
            className="help-clear"
            id="clear-help"
            role="button"
            ariaLabel={said.help.clear}
            {...focusable}
            onClick={() => setText('')}
          >
            <Icon name="close" />
          </View>
        )}
      </Card>
      {typed === '' || wanted === '' ? <Topics nameOf={nameOf} /> : <Found wanted={wanted} nameOf={nameOf} />}
      <Card list>
        <Row
          id="help-chat"
          lead={<Icon name="message" className="t-accent" />}
          title={said.help.ask}
          note={said.help.askText}
          onClick={() => go('chat')}
        />
      </Card>
    </Page>
  )
}

type NameOf = (companyId: string) => string | null

function Topics({ nameOf }: { nameOf: NameOf }) {
  const { resource, retry } = useResource('topics', () => read('knowledge.topics', {}), {
    cache: 'help-topics',
    keptWhenDown: true,
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="search" title={said.help.noTopics} text={said.help.noneText} />
        ) : (
          <>
            <View className="t-2 help-heading">{said.help.topics}</View>
            <Card list id="help-topics">
              {items.map(({ articleId, companyId, title }) => (
                <Hit key={articleId} articleId={articleId} title={title} company={nameOf(companyId)} />
              ))}
            </Card>
          </>
        )
      }
    </Show>
  )
}

function Found({ wanted, nameOf }: { wanted: string; nameOf: NameOf }) {
  const { resource, retry } = useResource(wanted, () => read('knowledge.search', { q: wanted, limit: most }))
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="search" title={said.help.none} text={said.help.noneText} />
        ) : (
          <>
            <View className="t-2 help-heading" aria-live="polite">
              {said.help.found(items.length)}
            </View>
            <Card list id="help-found">
              {items.map(({ articleId, companyId, title, excerpt }) => (
                <Hit
                  key={articleId}
                  articleId={articleId}
                  title={title}
                  excerpt={excerpt}
                  company={nameOf(companyId)}
                />
              ))}
            </Card>
          </>
        )
      }
    </Show>
  )
}

interface HitProps {
  articleId: string
  title: string
  excerpt?: string
  company: string | null
}

const Hit = ({ articleId, title, excerpt = '', company }: HitProps) => (
  <Row
    id={`hit-${articleId}`}
    title={title}
    note={excerpt === '' ? null : <View className="answer-excerpt">{excerpt}</View>}
    side={company === null ? null : <Tag text={company} />}
    onClick={() => go('article', { articleId })}
  />
)
