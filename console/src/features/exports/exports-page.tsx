import { Button } from 'antd'
import { useState } from 'react'
import type { Output } from '../../api/types'
import { timeOf } from '../../kit/format'
import { Failed, Loaded, Nothing } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { WideTable } from '../../kit/wide-table'
import { useWords } from '../../words/language'
import { useDecide, useExports, useTake } from './api/read-exports'
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
  const words = useWords(exportWords)
  return (
    <>
      <b>{row.reason ?? '—'}</b>
      <div className="quiet">{words.filters(row.query)}</div>
      <div className="quiet">{row.columns.join('、')}</div>
    </>
  )
}

function Waiting({ rows }: { readonly rows: readonly Export[] }) {
  const words = useWords(exportWords)
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
      <WideTable<Export>
        rowKey="exportId"
        aria-label={words.toDecide}
        dataSource={[...rows]}
        columns={[
          { title: words.askedBy, width: 160, render: (_, row) => <Asked row={row} /> },
          { title: words.rows, width: 90, className: 'num', dataIndex: 'rows' },
          { title: words.what, width: 420, render: (_, row) => <What row={row} /> },
          { title: words.until, width: 130, className: 'num', render: (_, row) => timeOf(row.until) },
          {
            title: <span className="hidden">{words.decide}</span>,
            width: 180,
            render: (_, row) => (
              <span className="row-actions">
                <Button
                  type="primary"
                  size="small"
                  aria-label={`${words.approve} ${row.askedBy}`}
                  loading={decide.isPending}
                  onClick={() => say(row, true)}
                >
                  {words.approve}
                </Button>
                <Button
                  size="small"
                  aria-label={`${words.refuse} ${row.askedBy}`}
                  onClick={() => setRefusing(row)}
                >
                  {words.refuse}
                </Button>
              </span>
            ),
          },
        ]}
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
  return (
    <WideTable<Export>
      rowKey="exportId"
      aria-label={words.mine}
      dataSource={[...rows]}
      columns={[
        { title: words.askedAt, width: 130, className: 'num', render: (_, row) => timeOf(row.askedAt) },
        { title: words.rows, width: 90, className: 'num', dataIndex: 'rows' },
        { title: words.what, width: 420, render: (_, row) => <What row={row} /> },
        { title: words.state, width: 240, render: (_, row) => <State row={row} /> },
        {
          title: <span className="hidden">{words.download}</span>,
          width: 130,
          render: (_, row) => (row.state === 'approved' ? <Take exportId={row.exportId} /> : null),
        },
      ]}
    />
  )
}

function State({ row }: { readonly row: Export }) {
  const words = useWords(exportWords)
  return (
    <>
      <span
        className={
          row.state === 'approved' ? 'chip chip-ok' : row.state === 'refused' ? 'chip chip-bad' : 'chip'
        }
      >
        {words.stateOf[row.state]}
      </span>
      {row.decidedBy === null ? null : (
        <div className="quiet">{words.decidedBy(row.decidedBy, row.decidedWords)}</div>
      )}
      {row.state === 'approved' ? <div className="quiet">{words.untilText(timeOf(row.until))}</div> : null}
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
