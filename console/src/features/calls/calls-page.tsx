import { Select, Tabs } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { Output } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { spanOf } from '../../kit/countdown'
import { timeOf } from '../../kit/format'
import { placeIn } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useCalls } from './api'
import { BackActs } from './back-acts'
import { CallTag } from './call-page'
import { MyExtension } from './extension'
import { callWords } from './words'

type Call = Output<'calls.list'>['items'][number]
type Today = Output<'calls.list'>['today']
type Words = (typeof callWords)['en']
const tabs = ['all', 'missed'] as const

/** Calls of my companies and areas, and those who wait to be called back. */
export function CallsPage() {
  const words = useWords(callWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'all'
  const companyId = params.get('companyId')
  const { cursor } = placeIn(params)
  const list = useCalls({
    tab,
    ...(companyId !== null && { companyId }),
    ...(cursor !== null && { cursor }),
  })
  const actions = (
    <>
      <MyExtension companies={companies} />
      {companies.length > 1 ? (
        <Select
          aria-label={kit.company}
          value={companyId ?? ''}
          options={[
            { value: '', label: kit.allCompanies },
            ...companies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id: string) => setParams({ tab, ...(id !== '' && { companyId: id }) })}
          popupMatchSelectWidth={false}
        />
      ) : null}
    </>
  )
  return (
    <Page title={words.title} actions={actions}>
      {list.data === undefined ? null : <TodayFigures today={list.data.today} />}
      <Tabs
        aria-label={words.tabs}
        activeKey={tab}
        onChange={(next) => setParams({ tab: next, ...(companyId !== null && { companyId }) })}
        items={tabs.map((key) => ({ key, label: words[key] }))}
      />
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: words.empty[tab] }}
      >
        {({ items }) => (
          <ListTable<Call>
            name="calls"
            label={words.list}
            rowKey="id"
            rows={items}
            columns={columnsOf(words)}
            loading={list.isPlaceholderData}
            acts={{ title: words.back, width: 130, render: (call) => <BackActs call={call} /> }}
          />
        )}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
    </Page>
  )
}

function TodayFigures({ today }: { readonly today: Today }) {
  const words = useWords(callWords)
  const kit = useWords(kitWords)
  const figures = [
    [words.calls, String(today.calls), ''],
    [words.answered, String(today.answered), ''],
    [words.lost, String(today.missed), today.missed > today.calledBack ? 'tone-bad' : ''],
    [words.calledBack, String(today.calledBack), ''],
    [words.in20s, today.in20sPercent === null ? kit.unknown : `${today.in20sPercent}%`, ''],
  ] as const
  return (
    <dl className="figures" aria-label={words.today}>
      {figures.map(([name, value, tone]) => (
        <div key={name} className="card">
          <dt>{name}</dt>
          <dd className={`num ${tone}`}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const lasted = ({ answeredAt, endedAt }: Call): string =>
  answeredAt === null || endedAt === null ? '—' : spanOf(endedAt - answeredAt).text

function columnsOf(words: Words): readonly ListColumn<Call>[] {
  return [
    {
      key: 'caller',
      always: true,
      title: words.caller,
      width: 230,
      text: ({ phoneMasked, nameMasked, shortAddress }) =>
        [phoneMasked, nameMasked ?? words.unknown, shortAddress ?? ''].join(' '),
      render: (call) => (
        <>
          <Link to={`/calls/${call.id}`} className="num">
            {call.phoneMasked}
          </Link>{' '}
          {call.nameMasked ?? <span className="quiet">{words.unknown}</span>}
          <div className="quiet ellipsis">{call.shortAddress ?? ''}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: words.state,
      width: 150,
      text: ({ state, callBack }) =>
        [words.stateOf[state], callBack === null ? '' : words.backOf[callBack]].join(' ').trim(),
      render: (call) => (
        <>
          <CallTag call={call} />
          {call.missedTimes > 1 ? (
            <div className="tone-bad small">{words.times(call.missedTimes)}</div>
          ) : null}
        </>
      ),
    },
    { key: 'at', title: words.at, width: 110, className: 'num', text: ({ startedAt }) => timeOf(startedAt) },
    { key: 'lasted', title: words.lasted, width: 80, className: 'num', text: lasted },
    { key: 'agent', title: words.agent, width: 90, text: ({ agent }) => agent?.name ?? '—' },
    {
      key: 'request',
      title: words.request,
      width: 170,
      text: ({ request }) => request?.number ?? '—',
      render: ({ request }) =>
        request === null ? '—' : <Link to={`/requests/${request.id}`}>{request.number}</Link>,
    },
    {
      key: 'result',
      title: words.result,
      width: 200,
      text: ({ callBackBy, callBackResult }) =>
        callBackResult === null ? '—' : `${callBackBy?.name ?? ''} ${callBackResult}`.trim(),
    },
  ]
}
