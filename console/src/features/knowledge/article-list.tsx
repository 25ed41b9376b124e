import { Select, Space } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { Company } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { dayOf, timeOf } from '../../kit/format'
import { placeIn } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { type Row, useArticleList, useTypesOf } from './api'
import { ArticleTag } from './article-tag'
import { knowledgeWords } from './words'

interface ArticleListProps {
  readonly due: boolean
  readonly companyId: string | null
}

const states = ['draft', 'review', 'published', 'retired'] as const
const kinds = ['article', 'qa', 'case', 'template'] as const

export function ArticleList({ due, companyId }: ArticleListProps) {
  const words = useWords(knowledgeWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const { cursor } = placeIn(params)
  const state = states.find((one) => one === params.get('state'))
  const kind = kinds.find((one) => one === params.get('kind'))
  const typeId = params.get('typeId')
  const only = companyId ?? (companies.length === 1 ? (companies[0]?.id ?? null) : null)
  const types = useTypesOf(only)
  const list = useArticleList({
    ...(due && { due: 'true' }),
    ...(companyId !== null && { companyId }),
    ...(state !== undefined && { state }),
    ...(kind !== undefined && { kind }),
    ...(typeId !== null && { typeId }),
    ...(cursor !== null && { cursor }),
  })
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(params)
    for (const gone of ['cursor', 'trail', ...(value === undefined ? [name] : [])]) next.delete(gone)
    if (value !== undefined) next.set(name, value)
    setParams(next)
  }
  return (
    <>
      <Space className="filters" wrap>
        <Choice
          label={words.state}
          value={state}
          options={states.map((value) => ({ value, label: words.stateOf[value] }))}
          onChange={(value) => set('state', value)}
        />
        <Choice
          label={words.kind}
          value={kind}
          options={kinds.map((value) => ({ value, label: words.kindOf[value] }))}
          onChange={(value) => set('kind', value)}
        />
        {only === null ? null : (
          <Choice
            label={words.type}
            value={typeId ?? undefined}
            options={(types.data?.types ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value) => set('typeId', value)}
          />
        )}
      </Space>
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: due ? words.emptyDue : words.empty }}
      >
        {({ items }) => (
          <ListTable<Row>
            name="knowledge"
            label={words.list}
            rowKey="id"
            rows={items}
            columns={columnsOf(words, companies)}
            loading={list.isPlaceholderData}
          />
        )}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: { value: string; label: string }[]
  readonly onChange: (value: string | undefined) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      className="filter-choice"
      aria-label={label}
      placeholder={label}
      allowClear
      value={value ?? null}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  )
}

type Words = (typeof knowledgeWords)['en']

function columnsOf(words: Words, companies: readonly Company[]): readonly ListColumn<Row>[] {
  const company: ListColumn<Row> = {
    key: 'company',
    title: words.company,
    width: 90,
    text: ({ companyId }) => companies.find(({ id }) => id === companyId)?.name ?? companyId,
  }
  return [
    {
      key: 'name',
      always: true,
      title: words.name,
      width: 260,
      text: ({ title }) => title,
      render: (row) => (
        <>
          <Link to={`/knowledge/${row.id}`}>{row.title}</Link>
          <div className="quiet">
            {words.kindOf[row.kind]} · {words.version(row.liveVersion, row.newestVersion)}
          </div>
        </>
      ),
    },
    {
      key: 'state',
      title: words.state,
      width: 90,
      text: ({ state }) => words.stateOf[state],
      render: ({ state }) => <ArticleTag state={state} />,
    },
    ...(companies.length > 1 ? [company] : []),
    { key: 'audience', title: words.audience, width: 90, text: ({ audience }) => words.audienceOf[audience] },
    { key: 'owner', title: words.owner, width: 90, text: ({ owner }) => owner.name },
    {
      key: 'review',
      title: words.review,
      width: 120,
      text: ({ reviewAt }) => dayOf(reviewAt),
      render: ({ reviewAt, reviewIsDue }) => (
        <span className={reviewIsDue ? 'num tone-bad' : 'num'}>
          {dayOf(reviewAt)}
          {reviewIsDue ? <div className="small">{words.reviewDue}</div> : null}
        </span>
      ),
    },
    {
      key: 'reads',
      title: words.reads,
      width: 90,
      align: 'right',
      className: 'num',
      text: ({ reads }) => String(reads),
    },
    {
      key: 'helpful',
      title: words.helpful,
      width: 110,
      align: 'right',
      className: 'num',
      text: ({ helpful, unhelpful }) => `${helpful} / ${unhelpful}`,
    },
    {
      key: 'updated',
      title: words.updated,
      width: 110,
      className: 'num',
      text: ({ updatedAt }) => timeOf(updatedAt),
    },
  ]
}
