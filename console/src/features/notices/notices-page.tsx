import { PlusOutlined } from '@ant-design/icons'
import { Button, Select, Tabs } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { Company, NoticeRow } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { count } from '../../kit/count'
import { timeOf } from '../../kit/format'
import { placeIn } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { useNotices } from './api/list-notices'
import { NoticeTag, noticeStateWords } from './notice-tag'
import { OutageMinutes } from './outage-minutes'
import { Suggestions } from './suggestions'
import { placeWords, spanWords } from './times'
import { noticeWords } from './words'

const lists = ['open', 'waiting', 'over', 'all'] as const
const tabs = [...lists, 'minutes'] as const
type Tab = (typeof tabs)[number]
const tabOf = (given: string | null): Tab => tabs.find((tab) => tab === given) ?? 'open'

/** All notices of my companies and areas, with what may be an outage that nobody has announced yet. */
export function NoticesPage() {
  const words = useWords(noticeWords)
  const may = useMay()
  const go = useNavigate()
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const tab = tabOf(params.get('tab'))
  const companyId = params.get('companyId')
  const set = (next: { tab?: string; companyId?: string | null }): void => {
    const all = { tab, companyId, ...next }
    setParams({ tab: all.tab, ...(all.companyId ? { companyId: all.companyId } : {}) })
  }
  const actions = (
    <>
      {companies.length > 1 ? (
        <Select
          aria-label={words.company}
          placeholder={words.company}
          // The figures are of one company, and the lists may be of all.
          allowClear={tab !== 'minutes'}
          value={companyId ?? (tab === 'minutes' ? (companies[0]?.id ?? null) : null)}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: string | undefined) => set({ companyId: id ?? null })}
          popupMatchSelectWidth={false}
        />
      ) : null}
      {may('notices.saveDraft') ? (
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void go('/notices/write')}>
          {words.create}
        </Button>
      ) : null}
    </>
  )
  return (
    <Page title={words.title} actions={actions}>
      <Suggestions />
      <Tabs
        aria-label={words.tabs}
        activeKey={tab}
        onChange={(next) => set({ tab: next })}
        items={tabs.map((key) => ({ key, label: words[key] }))}
      />
      {tab === 'minutes' ? (
        <OutageMinutes companyId={companyId ?? companies[0]?.id ?? null} />
      ) : (
        <NoticeList tab={tab} companyId={companyId} companies={companies} />
      )}
    </Page>
  )
}

interface NoticeListProps {
  readonly tab: (typeof lists)[number]
  readonly companyId: string | null
  readonly companies: readonly Company[]
}

function NoticeList({ tab, companyId, companies }: NoticeListProps) {
  const words = useWords(noticeWords)
  const [params] = useSearchParams()
  const { cursor } = placeIn(params)
  const list = useNotices({
    tab,
    ...(companyId !== null && { companyId }),
    ...(cursor !== null && { cursor }),
  })
  return (
    <>
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: words.empty[tab] }}
      >
        {({ items }) => <NoticeTable rows={items} companies={companies} waiting={list.isPlaceholderData} />}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
    </>
  )
}

interface NoticeTableProps {
  readonly rows: readonly NoticeRow[]
  readonly companies: readonly Company[]
  readonly waiting: boolean
}

function NoticeTable({ rows, companies, waiting }: NoticeTableProps) {
  const words = useWords(noticeWords)
  const go = useNavigate()
  return (
    <ListTable<NoticeRow>
      name="notices"
      label={words.list}
      size="middle"
      rowKey="id"
      rows={rows}
      columns={columnsOf(words, companies)}
      loading={waiting}
      rowClassName="row"
      onRow={(row) => ({
        onClick: (event) => {
          if (event.target instanceof Element && event.target.closest('a, button')) return
          void go(`/notices/${row.id}`)
        },
      })}
    />
  )
}

type Words = (typeof noticeWords)['en']

function columnsOf(words: Words, companies: readonly Company[]): readonly ListColumn<NoticeRow>[] {
  const company: ListColumn<NoticeRow> = {
    key: 'company',
    title: words.company,
    width: 90,
    text: ({ companyId }) => companies.find((one) => one.id === companyId)?.name ?? companyId,
  }
  return [
    {
      key: 'subject',
      always: true,
      title: words.subject,
      width: 236,
      text: ({ title, number, kind }) => `${title} · ${number} · ${words.kindOf[kind]}`,
      render: (row) => (
        <>
          <Link to={`/notices/${row.id}`}>{row.title}</Link>
          <div className="quiet num">
            {row.number} · {words.kindOf[row.kind]}
          </div>
        </>
      ),
    },
    {
      key: 'state',
      title: words.state,
      width: 88,
      text: (row) => noticeStateWords(row, words),
      render: (row) => <NoticeTag notice={row} />,
    },
    ...(companies.length > 1 ? [company] : []),
    {
      key: 'areas',
      title: words.areas,
      width: 160,
      text: ({ areas }) => areas.map(placeWords).join('、') || '—',
      render: (row) => <Areas names={row.areas} />,
    },
    {
      key: 'households',
      title: words.households,
      width: 104,
      align: 'right',
      className: 'num',
      text: ({ households }) => (households === null ? '—' : count(households)),
    },
    {
      key: 'times',
      title: words.times,
      width: 150,
      className: 'num',
      text: (row) => spanWords(row, words.noEnd),
    },
    {
      key: 'updated',
      title: words.updated,
      width: 104,
      text: ({ updatedAt, createdBy }) => `${timeOf(updatedAt)} · ${createdBy.name}`,
      render: (row) => (
        <>
          <span className="num">{timeOf(row.updatedAt)}</span>
          <div className="quiet">{row.createdBy.name}</div>
        </>
      ),
    },
  ]
}

function Areas({ names }: { readonly names: readonly string[] }) {
  const words = useWords(noticeWords)
  const [first, second] = names
  if (first === undefined) return <>—</>
  const shown = [first, ...(second === undefined ? [] : [second])].map(placeWords).join('、')
  return (
    <span className="ellipsis block" title={names.map(placeWords).join('、')}>
      {shown}
      {names.length > 2 ? ` ${words.moreAreas(names.length)}` : ''}
    </span>
  )
}
