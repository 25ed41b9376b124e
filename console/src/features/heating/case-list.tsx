import { Link } from 'react-router'
import { Countdown } from '../../kit/countdown-text'
import { timeOf, yuan } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { type DeskCase, useCases } from './api'
import { heatWords } from './words'

export interface At {
  readonly companyId?: string
  readonly cursor?: string
}

export function CaseList({ tab, at }: { readonly tab: 'open' | 'approve' | 'all'; readonly at: At }) {
  const words = useWords(heatWords)
  const list = useCases({ tab, ...at })
  return (
    <>
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: words.empty[tab] }}
      >
        {({ items }) => (
          <ListTable<DeskCase>
            name="heat-cases"
            label={words.list}
            rowKey="id"
            rows={items}
            columns={columnsOf(words)}
            loading={list.isPlaceholderData}
          />
        )}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
    </>
  )
}

const TONES = {
  open: 'go',
  final: 'quiet',
  agreed: 'warn',
  objected: 'bad',
  'half-approved': 'warn',
  approved: 'ok',
  closed: 'quiet',
} as const

export function CaseTag({ of }: { readonly of: Pick<DeskCase, 'state' | 'isSilent'> }) {
  const words = useWords(heatWords)
  return (
    <>
      <span className={`chip chip-${TONES[of.state]}`}>{words.stateOf[of.state]}</span>
      {of.isSilent ? <span className="chip chip-warn">{words.silent}</span> : null}
    </>
  )
}

function columnsOf(words: (typeof heatWords)['en']): readonly ListColumn<DeskCase>[] {
  return [
    {
      key: 'number',
      always: true,
      title: words.number,
      width: 210,
      text: ({ number }) => number,
      render: ({ id, number }) => (
        <Link to={`/heating/${id}`} className="num">
          {number}
        </Link>
      ),
    },
    {
      key: 'kind',
      title: words.kindTitle,
      width: 100,
      text: ({ kind }) => words.kindOfCase[kind],
    },
    {
      key: 'home',
      title: words.home,
      width: 220,
      text: ({ areaName, addressMasked }) => `${areaName} ${addressMasked}`,
    },
    {
      key: 'state',
      title: words.state,
      width: 170,
      text: ({ state, isSilent }) => [words.stateOf[state], isSilent ? words.silent : ''].join(' ').trim(),
      render: (row) => <CaseTag of={row} />,
    },
    {
      key: 'due',
      title: words.due,
      width: 130,
      className: 'num',
      text: ({ dueAt }) => (dueAt === null ? '—' : timeOf(dueAt)),
      render: ({ dueAt }) =>
        dueAt === null ? '—' : <Countdown clock={{ state: 'running', dueAt, warnAt: null }} />,
    },
    {
      key: 'amount',
      title: words.amount,
      width: 110,
      align: 'right',
      className: 'num',
      text: ({ amountFen }) => (amountFen === null ? '—' : yuan(amountFen)),
    },
    {
      key: 'reckoned',
      title: words.reckoned,
      width: 110,
      className: 'num',
      text: ({ reckonedAt }) => (reckonedAt === null ? '—' : timeOf(reckonedAt)),
    },
    {
      key: 'asked',
      title: words.asked,
      width: 110,
      className: 'num',
      text: ({ requestedAt }) => timeOf(requestedAt),
    },
    { key: 'season', title: words.season, width: 100, className: 'num', text: ({ season }) => season },
  ]
}
