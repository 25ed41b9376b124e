import { View } from '@tarojs/components'
import { useState } from 'react'
import { read } from '../../api/client'
import { usePortalLoaded } from '../../parts/gate'
import { SearchField } from '../../parts/search-field'
import { go } from '../../routes'
import { useResource } from '../../state/resource'
import { Card, Empty, Icon, Page, Row, Show, Tag } from '../../ui'
import { said } from '../words'
import '../chat.scss'

const most = 10
const bones = [96, 300] as const

/** Answers by oneself: a line to type in, what people ask most, and a person when that was not it. */
export default function HelpPage() {
  const portal = usePortalLoaded()
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState('')
  const typed = text.trim()
  const companies = portal?.companies ?? []
  const nameOf = (companyId: string) =>
    companies.length > 1 ? (companies.find(({ id }) => id === companyId)?.name ?? null) : null
  return (
    <Page title={said.help.title}>
      <SearchField
        id="help-search"
        label={said.help.search}
        holder={said.help.holder}
        clear={said.help.clear}
        maxLength={60}
        value={text}
        onInput={setText}
        onSearch={setWanted}
      />
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
