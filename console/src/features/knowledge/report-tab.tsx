import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Output } from '../../api/types'
import { timeOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded, Nothing } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { useReport } from './api'
import { knowledgeWords } from './words'

type ReadRow = Output<'knowledge.report'>['articles'][number]
type Miss = Output<'knowledge.report'>['misses'][number]
const spans = [7, 30, 90] as const

/** What is read and helps, and what people look for in vain: the latter is what to write next. */
export function ReportTab({ companyId }: { readonly companyId: string | null }) {
  const words = useWords(knowledgeWords)
  const [days, setDays] = useState<number>(30)
  const report = useReport({ days, ...(companyId !== null && { companyId }) })
  return (
    <>
      <div className="pane-line gap-below">
        <Select
          aria-label={words.days}
          value={days}
          options={spans.map((value) => ({ value, label: words.lastDays(value) }))}
          onChange={setDays}
        />
        {report.data === undefined ? null : (
          <span className="quiet num">{words.asOf(timeOf(report.data.asOf))}</span>
        )}
      </div>
      <Loaded query={report} rows={10}>
        {({ articles, misses, remarks }) => (
          <div className="two-columns">
            <section className="card">
              <h2>{words.misses}</h2>
              <Misses misses={misses} companyId={companyId} />
            </section>
            <section className="card">
              <h2>{words.mostRead}</h2>
              {articles.length === 0 ? (
                <Nothing>{words.mostReadEmpty}</Nothing>
              ) : (
                <MostRead rows={articles} />
              )}
            </section>
            <section className="card">
              <h2>{words.remarks}</h2>
              <Remarks remarks={remarks} />
            </section>
          </div>
        )}
      </Loaded>
    </>
  )
}

interface MissesProps {
  readonly misses: readonly Miss[]
  readonly companyId: string | null
}

function Misses({ misses, companyId }: MissesProps) {
  const words = useWords(knowledgeWords)
  const may = useMay()
  const go = useNavigate()
  if (misses.length === 0) return <Nothing>{words.missesEmpty}</Nothing>
  const columns: readonly ListColumn<Miss>[] = [
    { key: 'words', always: true, title: words.missWords, width: 160, text: (miss) => miss.words },
    {
      key: 'count',
      title: words.missCount,
      width: 70,
      align: 'right',
      className: 'num',
      text: ({ count }) => String(count),
    },
    {
      key: 'last',
      title: words.missLast,
      width: 110,
      className: 'num',
      text: ({ lastAt }) => timeOf(lastAt),
    },
  ]
  const write = (miss: Miss) => (
    <Button
      size="small"
      onClick={() =>
        void go(
          `/knowledge/write?${new URLSearchParams({ question: miss.words, ...(companyId !== null && { companyId }) })}`,
        )
      }
    >
      {words.makeArticle}
    </Button>
  )
  return (
    <ListTable<Miss>
      name="knowledge-misses"
      label={words.misses}
      size="small"
      rowKey="words"
      rows={misses}
      columns={columns}
      acts={may('knowledge.save') ? { title: words.makeArticle, width: 100, render: write } : undefined}
    />
  )
}

function MostRead({ rows }: { readonly rows: readonly ReadRow[] }) {
  const words = useWords(knowledgeWords)
  const shareOf = ({ helpful, unhelpful }: ReadRow): string =>
    helpful + unhelpful === 0 ? '—' : `${Math.round((helpful * 100) / (helpful + unhelpful))}%`
  const right = { align: 'right', className: 'num' } as const
  const columns: readonly ListColumn<ReadRow>[] = [
    {
      key: 'name',
      always: true,
      title: words.name,
      width: 200,
      text: ({ title }) => title,
      render: ({ id, title }) => <Link to={`/knowledge/${id}`}>{title}</Link>,
    },
    { key: 'reads', title: words.readsOf, width: 80, ...right, text: ({ reads }) => String(reads) },
    {
      key: 'staff',
      title: words.staffReads,
      width: 80,
      ...right,
      text: ({ staffReads }) => String(staffReads),
    },
    {
      key: 'helpful',
      title: words.helpful,
      width: 100,
      ...right,
      text: ({ helpful, unhelpful }) => `${helpful} / ${unhelpful}`,
    },
    { key: 'share', title: words.share, width: 70, ...right, text: shareOf },
  ]
  return (
    <ListTable<ReadRow>
      name="knowledge-reads"
      label={words.mostRead}
      size="small"
      rowKey="id"
      rows={rows}
      columns={columns}
    />
  )
}

/** What residents say of an answer tells its owner what to mend. */
function Remarks({ remarks }: Pick<Output<'knowledge.report'>, 'remarks'>) {
  const words = useWords(knowledgeWords)
  if (remarks.length === 0) return <Nothing>{words.remarksEmpty}</Nothing>
  return (
    <ul className="resident-notes">
      {remarks.map(({ articleId, title, helpful, words: said, at }) => (
        <li key={`${articleId}-${at}`}>
          {said}
          <div className="quiet">
            <Link to={`/knowledge/${articleId}`}>{title}</Link> · {helpful ? words.wasHelpful : words.wasNot}{' '}
            · <span className="num">{timeOf(at)}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
