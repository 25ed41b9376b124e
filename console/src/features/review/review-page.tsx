import { Tabs } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { timeOf } from '../../kit/format'
import { placeIn } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded, Nothing } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { reviewWords } from './words'

type Review = Output<'chatReview.list'>['items'][number]
type AgentScore = Output<'chatReview.list'>['agents'][number]
const states = ['open', 'done'] as const

/** Conversations that are to be looked at, and how each agent does. An agent sees what concerns themselves. */
export function ReviewPage() {
  const words = useWords(reviewWords)
  const [params, setParams] = useSearchParams()
  const state = states.find((one) => one === params.get('state')) ?? 'open'
  const { cursor } = placeIn(params)
  const list = useRead('chatReview.list', { state, ...(cursor !== null && { cursor }) }, { keepOld: true })
  return (
    <Page title={words.title}>
      <Tabs
        aria-label={words.tabs}
        activeKey={state}
        onChange={(next) => setParams({ state: next })}
        items={states.map((key) => ({ key, label: words[key] }))}
      />
      <Loaded query={list} rows={10}>
        {({ items, agents }) => (
          <div className="report">
            <div>
              {items.length === 0 ? <Nothing>{words.empty[state]}</Nothing> : <Reviews rows={items} />}
              <Pager nextCursor={list.data?.nextCursor ?? null} />
            </div>
            <section className="card">
              <h2>{words.agents}</h2>
              {agents.length === 0 ? <Nothing>{words.noAgents}</Nothing> : <Scores rows={agents} />}
            </section>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Reviews({ rows }: { readonly rows: readonly Review[] }) {
  const words = useWords(reviewWords)
  const may = useMay()
  const columns: readonly ListColumn<Review>[] = [
    { key: 'agent', always: true, title: words.agent, width: 100, text: ({ agentName }) => agentName },
    { key: 'rule', title: words.rule, width: 180, text: ({ ruleWords }) => ruleWords },
    { key: 'at', title: words.at, width: 110, className: 'num', text: ({ createdAt }) => timeOf(createdAt) },
    {
      key: 'total',
      title: words.total,
      width: 70,
      align: 'right',
      className: 'num',
      text: ({ total }) => (total === null ? '—' : String(total)),
    },
    { key: 'by', title: words.by, width: 90, text: ({ byName }) => byName ?? '—' },
    {
      key: 'doneAt',
      title: words.doneAt,
      width: 110,
      className: 'num',
      extra: true,
      text: ({ doneAt }) => (doneAt === null ? '—' : timeOf(doneAt)),
    },
  ]
  const open = ({ id, state }: Review) => (
    <Link to={`/review/${id}`}>{state === 'open' && may('chatReview.score') ? words.look : words.show}</Link>
  )
  return (
    <ListTable<Review>
      name="reviews"
      label={words.list}
      rowKey="id"
      rows={rows}
      columns={columns}
      acts={{ title: words.look, width: 80, render: open }}
    />
  )
}

function Scores({ rows }: { readonly rows: readonly AgentScore[] }) {
  const words = useWords(reviewWords)
  const right = { align: 'right', className: 'num' } as const
  const columns: readonly ListColumn<AgentScore>[] = [
    { key: 'agent', always: true, title: words.agent, width: 90, text: ({ name }) => name },
    { key: 'reviewed', title: words.reviewed, width: 70, ...right, text: ({ reviewed }) => String(reviewed) },
    { key: 'average', title: words.average, width: 80, ...right, text: ({ average }) => String(average) },
  ]
  return (
    <ListTable<AgentScore>
      name="review-agents"
      label={words.agents}
      size="small"
      rowKey="id"
      rows={rows}
      columns={columns}
    />
  )
}
