import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { hasCode } from '../../api/errors'
import type { Company } from '../../api/types'
import { timeOf, yuan } from '../../kit/format'
import { placeIn } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded, Nothing } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { type CodeRow, type Target, useCodes } from './api'
import { CodeDrawer } from './code-drawer'
import { MakeDialog, PrintDialog } from './make-dialog'
import { RevokeDialog } from './revoke-dialog'
import { type CodeWords, codeWords } from './words'

const shows = ['all', 'active', 'none', 'revoked'] as const

interface CodesTabProps {
  readonly company: Company
  readonly areaId: string | undefined
  readonly onOrdered: () => void
}

/** Households from door to door with what hangs there. */
export function CodesTab({ company, areaId, onOrdered }: CodesTabProps) {
  const words = useWords(codeWords)
  const [params, setParams] = useSearchParams()
  const show = shows.find((one) => one === params.get('show')) ?? 'all'
  const q = params.get('q') ?? ''
  const { cursor } = placeIn(params)
  const query = useCodes({
    companyId: company.id,
    show,
    ...(areaId !== undefined && { areaId }),
    ...(q.length > 1 ? { q } : cursor !== null && { cursor }),
  })
  const set = (name: string, value: string): void =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      for (const old of ['cursor', 'trail']) next.delete(old)
      if (value === '') next.delete(name)
      else next.set(name, value)
      return next
    })
  return (
    <>
      <div className="code-filters">
        <Select
          aria-label={words.show}
          value={show}
          options={shows.map((value) => ({ value, label: words.showOf[value] }))}
          onChange={(value: string) => set('show', value === 'all' ? '' : value)}
        />
        <Input.Search
          key={q}
          className="code-search"
          aria-label={words.search}
          placeholder={words.search}
          allowClear
          defaultValue={q}
          onSearch={(text) => set('q', text.trim())}
        />
      </div>
      {hasCode(query.error, 'forbidden') ? (
        <Nothing>{words.choosePlace}</Nothing>
      ) : (
        <Loaded query={query} rows={10}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <Nothing>{emptyText(words, q, show, nextCursor)}</Nothing>
            ) : (
              <Table rows={items} company={company} loading={query.isPlaceholderData} onOrdered={onOrdered} />
            )
          }
        </Loaded>
      )}
      <Pager nextCursor={query.data?.nextCursor ?? null} />
    </>
  )
}

function emptyText(
  words: CodeWords,
  q: string,
  show: (typeof shows)[number],
  nextCursor: string | null,
): string {
  if (q !== '') return words.nothingFound
  return nextCursor === null ? words.empty[show] : words.more
}

interface TableProps {
  readonly rows: readonly CodeRow[]
  readonly company: Company
  readonly loading: boolean
  readonly onOrdered: () => void
}

type Doing = { readonly act: 'look' | 'make' | 'print' | 'revoke'; readonly row: CodeRow } | null

function Table({ rows, company, loading, onOrdered }: TableProps) {
  const words = useWords(codeWords)
  const [doing, setDoing] = useState<Doing>(null)
  const close = (): void => setDoing(null)
  const target = (row: CodeRow): Target => ({ companyId: company.id, householdId: row.householdId })
  return (
    <>
      <ListTable<CodeRow>
        name="codes"
        label={words.list}
        rowKey="householdId"
        rows={rows}
        columns={columnsOf(words)}
        loading={loading}
        acts={{
          title: words.acts,
          width: 190,
          render: (row) => <RowActs row={row} onDo={(act) => setDoing({ act, row })} />,
        }}
      />
      {doing?.act === 'look' ? <CodeDrawer householdId={doing.row.householdId} onClose={close} /> : null}
      {doing?.act === 'make' ? (
        <MakeDialog
          target={target(doing.row)}
          name={doing.row.addressMasked}
          onClose={close}
          onOrdered={onOrdered}
        />
      ) : null}
      {doing?.act === 'print' ? (
        <PrintDialog
          target={target(doing.row)}
          name={doing.row.addressMasked}
          company={company}
          onClose={close}
          onOrdered={onOrdered}
        />
      ) : null}
      {doing?.act === 'revoke' && doing.row.code !== null ? (
        <RevokeDialog of={{ codeId: doing.row.code.id, number: doing.row.code.number }} onClose={close} />
      ) : null}
    </>
  )
}

function RowActs({
  row,
  onDo,
}: {
  readonly row: CodeRow
  readonly onDo: (act: NonNullable<Doing>['act']) => void
}) {
  const words = useWords(codeWords)
  const may = useMay()
  const isActive = row.code?.state === 'active'
  const button = (act: NonNullable<Doing>['act'], label: string) => (
    <Button size="small" aria-label={`${label} ${row.addressMasked}`} onClick={() => onDo(act)}>
      {label}
    </Button>
  )
  return (
    <span className="row-actions">
      {button('look', words.details)}
      {!isActive && may('codeDesk.make') ? button('make', words.make) : null}
      {isActive && may('codeDesk.print') ? button('print', words.print) : null}
      {isActive && may('codeDesk.revoke') ? button('revoke', words.revoke) : null}
    </span>
  )
}

function columnsOf(words: CodeWords): readonly ListColumn<CodeRow>[] {
  const stateOf = ({ code }: CodeRow): string => (code === null ? words.noCode : words.stateOf[code.state])
  const tone = { active: 'ok', revoked: 'bad' } as const
  return [
    {
      key: 'household',
      always: true,
      title: words.household,
      width: 240,
      text: (row) => `${row.addressMasked} ${row.ownerNameMasked} ${row.accountNoMasked}`,
      render: (row) => (
        <>
          {row.addressMasked}
          <div className="quiet">
            {row.ownerNameMasked} · <span className="num">{row.accountNoMasked}</span>
          </div>
        </>
      ),
    },
    {
      key: 'state',
      title: words.state,
      width: 130,
      text: (row) =>
        [stateOf(row), row.code?.why ? words.whyOf[row.code.why] : '']
          .filter((part) => part !== '')
          .join(' '),
      render: (row) => (
        <>
          <span className={`chip chip-${row.code === null ? 'warn' : tone[row.code.state]}`}>
            {stateOf(row)}
          </span>
          {row.code?.why ? <div className="tone-bad small">{words.whyOf[row.code.why]}</div> : null}
        </>
      ),
    },
    {
      key: 'number',
      title: words.number,
      width: 110,
      className: 'num',
      text: ({ code }) => code?.number ?? '—',
    },
    {
      key: 'made',
      title: words.made,
      width: 150,
      text: ({ code }) => (code === null ? '—' : words.madeBy(code.createdBy, timeOf(code.createdAt))),
    },
    {
      key: 'scans',
      title: words.scans,
      width: 100,
      className: 'num',
      text: ({ used }) => (used === null ? '—' : String(used.scans)),
    },
    {
      key: 'payments',
      title: words.payments,
      width: 120,
      className: 'num',
      text: ({ used }) => (used === null ? '—' : words.paid(used.payments, yuan(used.paidFen))),
    },
  ]
}
