import { Tag } from 'antd'
import { useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { dayOf, exactOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { privacyWords } from './words'

type Asked = Output<'privacyDesk.listAsked'>['items'][number]
type Words = (typeof privacyWords)['en']

/** What residents asked of their data, the newest first. */
export function AskedTable() {
  const words = useWords(privacyWords)
  const asked = useRead('privacyDesk.listAsked', {})
  return (
    <Loaded
      query={asked}
      rows={8}
      empty={{ when: ({ items }) => items.length === 0, words: words.askedEmpty }}
    >
      {({ items }) => (
        <ListTable<Asked>
          name="privacy-asked"
          label={words.tabs.asked}
          rowKey="id"
          rows={items}
          columns={columnsOf(words)}
        />
      )}
    </Loaded>
  )
}

const columnsOf = (words: Words): readonly ListColumn<Asked>[] => [
  { key: 'kind', always: true, title: words.kind, width: 120, text: ({ kind }) => words.kinds[kind] },
  {
    key: 'askedAt',
    title: words.askedAt,
    width: 170,
    className: 'num',
    text: ({ askedAt }) => exactOf(askedAt),
  },
  {
    key: 'dueBy',
    title: words.dueBy,
    width: 150,
    className: 'num',
    text: ({ dueBy, late }) => (late ? `${dayOf(dueBy)} ${words.late}` : dayOf(dueBy)),
    render: ({ dueBy, late }) => (
      <>
        {dayOf(dueBy)} {late ? <Tag color="red">{words.late}</Tag> : null}
      </>
    ),
  },
  { key: 'state', title: words.state, width: 120, text: ({ state }) => words.states[state] ?? state },
  {
    key: 'done',
    title: words.done,
    width: 170,
    className: 'num',
    text: ({ endedAt }) => (endedAt === null ? '—' : exactOf(endedAt)),
  },
  { key: 'result', title: words.result, width: 320, text: (row) => resultOf(row, words) },
]

function resultOf({ report }: Asked, words: Words): string {
  if (report.length === 0) return '—'
  const sum = (of: (line: Asked['report'][number]) => number): number =>
    report.reduce((total, line) => total + of(line), 0)
  const whys = [...new Set(report.filter(({ kept }) => kept > 0).map(({ why }) => why))]
  return [
    words.reportOf(
      report.length,
      sum(({ ended }) => ended),
      sum(({ kept }) => kept),
    ),
    ...whys,
  ].join('；')
}
