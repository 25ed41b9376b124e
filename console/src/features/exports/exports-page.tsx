import { Button } from 'antd'
import { useState } from 'react'
import type { Output } from '../../api/types'
import { timeOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Failed, Loaded, Nothing } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useDecide, useExports, useTake } from './api/read-exports'
import { useFilterWords } from './use-filter-words'
import { exportWords } from './words'

type Export = Output<'desk.exports'>['mine'][number]

/** Large lists leave the house only with a second person's word: what waits for mine, and what I asked for. */
export function ExportsPage() {
  const words = useWords(exportWords)
  const may = useMay()
  const query = useExports()
  return (
    <Page title={words.pageTitle}>
      <p className="quiet">{words.pageText}</p>
      <Loaded query={query}>
        {({ mine, toDecide }) => (
          <>
            {may('desk.decideExport') ? (
              <section className="exports" aria-label={words.toDecide}>
                <h2>{words.toDecide}</h2>
                {toDecide.length === 0 ? (
                  <Nothing>{words.nothingToDecide}</Nothing>
                ) : (
                  <Waiting rows={toDecide} />
                )}
              </section>
            ) : null}
            <section className="exports" aria-label={words.mine}>
              <h2>{words.mine}</h2>
              {mine.length === 0 ? <Nothing>{words.noneOfMine}</Nothing> : <Mine rows={mine} />}
            </section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function What({ row }: { readonly row: Export }) {
  const inWords = useFilterWords()
  return (
    <>
      <b>{row.reason ?? '—'}</b>
      <div className="quiet">{inWords(row.query)}</div>
      <div className="quiet">{row.columns.join('、')}</div>
    </>
  )
}

function Waiting({ rows }: { readonly rows: readonly Export[] }) {
  const words = useWords(exportWords)
  const inWords = useFilterWords()
  const { done } = useSay()
  const decide = useDecide()
  const [refusing, setRefusing] = useState<Export | null>(null)
  const say = (row: Export, approve: boolean, reason?: string): void =>
    decide.mutate(
      { exportId: row.exportId, approve, ...(reason !== undefined && { words: reason }) },
      {
        onSuccess: () => {
          setRefusing(null)
          done(approve ? words.approved : words.refused)
        },
      },
    )
  return (
    <>
      {decide.error && refusing === null ? <Failed error={decide.error} /> : null}
      <ListTable<Export>
        name="exports-to-decide"
        label={words.toDecide}
        rowKey="exportId"
        rows={rows}
        columns={[
          {
            key: 'askedBy',
            always: true,
            title: words.askedBy,
            width: 160,
            text: (row) => `${row.askedBy} · ${timeOf(row.askedAt)}`,
            render: (row) => <Asked row={row} />,
          },
          rowsColumn(words),
          whatColumn(words, inWords),
          {
            key: 'until',
            title: words.until,
            width: 130,
            className: 'num',
            text: (row) => timeOf(row.until),
          },
        ]}
        acts={{
          title: words.decide,
          width: 180,
          render: (row) => (
            <Decide
              row={row}
              pending={decide.isPending}
              onApprove={() => say(row, true)}
              onRefuse={() => setRefusing(row)}
            />
          ),
        }}
      />
      {refusing === null ? null : (
        <ReasonDialog
          title={words.refuse}
          text={words.refuseText}
          okText={words.refuse}
          pending={decide.isPending}
          error={decide.error}
          onSubmit={(reason) => say(refusing, false, reason)}
          onClose={() => setRefusing(null)}
        />
      )}
    </>
  )
}

interface DecideProps {
  readonly row: Export
  readonly pending: boolean
  readonly onApprove: () => void
  readonly onRefuse: () => void
}

function Decide({ row, pending, onApprove, onRefuse }: DecideProps) {
  const words = useWords(exportWords)
  return (
    <span className="row-actions">
      <Button
        type="primary"
        size="small"
        aria-label={`${words.approve} ${row.askedBy}`}
        loading={pending}
        onClick={onApprove}
      >
        {words.approve}
      </Button>
      <Button size="small" aria-label={`${words.refuse} ${row.askedBy}`} onClick={onRefuse}>
        {words.refuse}
      </Button>
    </span>
  )
}

function Asked({ row }: { readonly row: Export }) {
  return (
    <>
      <b>{row.askedBy}</b>
      <div className="num quiet">{timeOf(row.askedAt)}</div>
    </>
  )
}

function Mine({ rows }: { readonly rows: readonly Export[] }) {
  const words = useWords(exportWords)
  const inWords = useFilterWords()
  return (
    <ListTable<Export>
      name="exports-mine"
      label={words.mine}
      rowKey="exportId"
      rows={rows}
      columns={[
        {
          key: 'askedAt',
          always: true,
          title: words.askedAt,
          width: 130,
          className: 'num',
          text: ({ askedAt }) => timeOf(askedAt),
        },
        rowsColumn(words),
        whatColumn(words, inWords),
        {
          key: 'state',
          title: words.state,
          width: 240,
          text: (row) => stateLines(row, words).join(' · '),
          render: (row) => <State row={row} />,
        },
      ]}
      acts={{
        title: words.download,
        width: 130,
        render: (row) => (row.state === 'approved' ? <Take exportId={row.exportId} /> : null),
      }}
    />
  )
}

type Words = (typeof exportWords)['en']

const rowsColumn = (words: Words): ListColumn<Export> => ({
  key: 'rows',
  title: words.rows,
  width: 90,
  className: 'num',
  text: ({ rows }) => String(rows),
})

const whatColumn = (words: Words, inWords: (query: string) => string): ListColumn<Export> => ({
  key: 'what',
  title: words.what,
  width: 420,
  text: (row) => [row.reason ?? '—', inWords(row.query), row.columns.join('、')].join(' · '),
  render: (row) => <What row={row} />,
})

/** How far an export is; who decided; until when it may be fetched. */
const stateLines = (row: Export, words: Words): readonly string[] => [
  words.stateOf[row.state],
  ...(row.decidedBy === null ? [] : [words.decidedBy(row.decidedBy, row.decidedWords)]),
  ...(row.state === 'approved' ? [words.untilText(timeOf(row.until))] : []),
]

function State({ row }: { readonly row: Export }) {
  const words = useWords(exportWords)
  const [state, ...more] = stateLines(row, words)
  const tone = row.state === 'approved' ? ' chip-ok' : row.state === 'refused' ? ' chip-bad' : ''
  return (
    <>
      <span className={`chip${tone}`}>{state}</span>
      {more.map((line) => (
        <div key={line} className="quiet">
          {line}
        </div>
      ))}
    </>
  )
}

/** An address works once and for minutes, so it is made when it is wanted. */
function Take({ exportId }: { readonly exportId: string }) {
  const words = useWords(exportWords)
  const { failed } = useSay()
  const take = useTake()
  return (
    <Button
      size="small"
      type="primary"
      loading={take.isPending}
      onClick={() =>
        take.mutate({ exportId }, { onSuccess: ({ url }) => window.location.assign(url), onError: failed })
      }
    >
      {words.download}
    </Button>
  )
}
