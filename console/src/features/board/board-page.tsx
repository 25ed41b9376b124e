import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { spanOf } from '../../kit/countdown'
import { exactOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded, Nothing } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { useNow } from '../../kit/now'
import { Page } from '../../kit/page'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { type Figure, trendOf, unitOf } from './figures'
import { boardWords } from './words'

type Board = Output<'chatBoard.read'>
type Agent = Board['agents'][number]
type Words = (typeof boardWords)['en']

/** The chat as it is now, for whoever answers for it. */
export function BoardPage() {
  const words = useWords(boardWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const [companyId, setCompanyId] = useState<string | null>(null)
  const board = useRead('chatBoard.read', companyId === null ? {} : { companyId }, {
    refetchMs: 5_000,
    keepOld: true,
  })
  const actions = (
    <>
      {board.data === undefined ? null : (
        <span className="quiet num">{words.asOf(exactOf(board.data.asOf).slice(11))}</span>
      )}
      {companies.length > 1 ? (
        <Select
          aria-label={kit.company}
          placeholder={kit.allCompanies}
          allowClear
          value={companyId}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: string | null | undefined) => setCompanyId(id ?? null)}
          popupMatchSelectWidth={false}
        />
      ) : null}
    </>
  )
  return (
    <Page title={words.title} actions={actions}>
      <Loaded query={board} rows={12}>
        {(data) => (
          <>
            <Now board={data} />
            <Today figures={data.figures} />
            <div className="two-columns board-columns">
              <section className="card">
                <h2>{words.agents}</h2>
                <Agents agents={data.agents} />
              </section>
              <section className="card">
                <h2>{words.oldest}</h2>
                <Oldest rows={data.oldest} />
              </section>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Now({ board }: { readonly board: Board }) {
  const words = useWords(boardWords)
  const now = useNow()
  const { waiting, longestWaitSince, active, withBot, escalated } = board
  const longest = longestWaitSince === null ? words.nobody : spanOf(Math.max(0, now - longestWaitSince)).text
  const figures = [
    [words.waiting, String(waiting), waiting > 0 ? 'tone-warn' : ''],
    [words.longest, longest, longestWaitSince === null ? 'small' : 'tone-warn'],
    [words.active, String(active), ''],
    [words.withBot, String(withBot), ''],
    [words.escalated, String(escalated), escalated > 0 ? 'tone-bad' : ''],
  ] as const
  return (
    <dl className="figures">
      {figures.map(([name, value, tone]) => (
        <div key={name} className="card">
          <dt>{name}</dt>
          <dd className={`num ${tone}`}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function spanWords(ms: number, words: Words): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? words.seconds(seconds) : words.minutes(Math.floor(seconds / 60), seconds % 60)
}

function valueWords(name: Figure['name'], value: number | null, words: Words, unknown: string): string {
  if (value === null) return unknown
  const unit = unitOf(name)
  if (unit === 'count') return String(value)
  return unit === 'span' ? spanWords(value, words) : words.percent(value)
}

const tones = { better: 'tone-ok', worse: 'tone-bad', same: '' } as const

function Today({ figures }: { readonly figures: readonly Figure[] }) {
  const words = useWords(boardWords)
  const kit = useWords(kitWords)
  return (
    <dl className="figures" aria-label={words.today}>
      {figures.map((figure) => {
        const trend = trendOf(figure)
        return (
          <div key={figure.name} className="card">
            <dt>{words.figureOf[figure.name]}</dt>
            <dd className={`num ${trend === null ? '' : tones[trend]}`}>
              {valueWords(figure.name, figure.today, words, kit.unknown)}
            </dd>
            <dd className="quiet num">
              {words.yesterday(valueWords(figure.name, figure.yesterday, words, kit.unknown))}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const states = ['open', 'break', 'away', 'off'] as const

function Agents({ agents }: { readonly agents: readonly Agent[] }) {
  const words = useWords(boardWords)
  if (agents.length === 0) return <Nothing>{words.noAgents}</Nothing>
  const counts = states
    .map((state) => [state, agents.filter((one) => one.state === state).length] as const)
    .filter(([, count]) => count > 0)
  return (
    <>
      <p className="agent-counts">
        {counts.map(([state, count]) => (
          <span key={state}>
            <span className={`dot dot-seat-${state}`} aria-hidden />{' '}
            {words.stateCount(words.stateOf[state], count)}
          </span>
        ))}
      </p>
      <ListTable<Agent>
        name="board-agents"
        label={words.agentList}
        size="small"
        rowKey="id"
        rows={agents}
        columns={agentColumns(words)}
      />
    </>
  )
}

function Since({ at }: { readonly at: number }) {
  const kit = useWords(kitWords)
  const { days, hours, text } = spanOf(Math.max(0, useNow() - at))
  return <span className="num">{text === '' ? kit.daysHours(days, hours) : text}</span>
}

function agentColumns(words: Words): readonly ListColumn<Agent>[] {
  const right = { align: 'right', className: 'num' } as const
  return [
    { key: 'name', always: true, title: words.name, width: 90, text: ({ name }) => name },
    {
      key: 'state',
      title: words.state,
      width: 100,
      text: ({ state }) => words.stateOf[state],
      render: ({ state }) => (
        <>
          <span className={`dot dot-seat-${state}`} aria-hidden /> {words.stateOf[state]}
        </>
      ),
    },
    {
      key: 'since',
      title: words.since,
      width: 90,
      text: ({ since }) => exactOf(since),
      render: ({ since }) => <Since at={since} />,
    },
    {
      key: 'load',
      title: words.load,
      width: 70,
      ...right,
      text: ({ has, capacity }) => `${has} / ${capacity}`,
    },
    { key: 'done', title: words.done, width: 80, ...right, text: ({ todayDone }) => String(todayDone) },
    {
      key: 'first',
      title: words.firstAnswer,
      width: 100,
      ...right,
      text: ({ firstAnswerMs }) => (firstAnswerMs === null ? '—' : spanWords(firstAnswerMs, words)),
    },
    {
      key: 'good',
      title: words.good,
      width: 70,
      ...right,
      text: ({ good, rated }) => (rated === 0 ? '—' : `${good} / ${rated}`),
    },
  ]
}

/** Those who wait longest, with the two ways in: looking, and a word into the agent's ear. */
function Oldest({ rows }: { readonly rows: Board['oldest'] }) {
  const words = useWords(boardWords)
  const me = useMe()
  const now = useNow()
  if (rows.length === 0) return <Nothing>{words.oldestEmpty}</Nothing>
  return (
    <ul className="lines oldest">
      {rows.map((row) => (
        <li key={row.id}>
          <span className="grow">
            <b>{row.residentName}</b> <span className="quiet">{row.topic ?? ''}</span>
            <div className="quiet ellipsis">{row.lastWords}</div>
            <div className="quiet">
              {row.assignee === null ? words.untaken : words.agentOf(row.assignee.name)}
            </div>
          </span>
          {row.waitingSince === null ? null : (
            <span
              className={
                row.escalated || (row.redAt !== null && now >= row.redAt) ? 'num tone-bad' : 'num tone-warn'
              }
            >
              {spanOf(Math.max(0, now - row.waitingSince)).text}
            </span>
          )}
          <Link to={`/chat/${row.id}?tab=all`}>
            <Button size="small">{words.join}</Button>
          </Link>
          {row.assignee !== null && row.assignee.id !== me.id ? (
            <Link to={`/chat/${row.id}?tab=all&do=whisper`}>
              <Button size="small">{words.whisper}</Button>
            </Link>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
