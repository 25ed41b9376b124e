import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Alert, Button, DatePicker, Input, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useSearchParams } from 'react-router'
import type { AuditRow, Input as InputOf } from '../../api/types'
import { dayOf, exactOf, fromWallClock } from '../../kit/format'
import { placeIn, withPlace } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Failed, Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { useAudit } from './api/list-audit'
import { useVerify } from './api/verify-audit'
import { detailWords } from './detail'
import { auditWords } from './words'

export function AuditPage() {
  const words = useWords(auditWords)
  const may = useMay()
  const [params] = useSearchParams()
  const audit = useAudit(inputFrom(params))
  const verify = useVerify()
  const button = (
    <Button
      type="primary"
      icon={<SafetyCertificateOutlined aria-hidden />}
      loading={verify.isPending}
      onClick={() => verify.mutate()}
    >
      {words.verify}
    </Button>
  )
  return (
    <Page title={words.title} actions={may('audit.verify') ? button : null}>
      {verify.error ? <Failed error={verify.error} /> : null}
      {verify.data ? <Verdict verdict={verify.data} /> : null}
      <Filters />
      <Loaded query={audit} rows={12} empty={{ when: ({ items }) => items.length === 0, words: words.empty }}>
        {({ items }) => <AuditTable rows={items} waiting={audit.isPlaceholderData} />}
      </Loaded>
      <Pager nextCursor={audit.data?.nextCursor ?? null} />
    </Page>
  )
}

function inputFrom(params: URLSearchParams): InputOf<'audit.list'> {
  const text = ['actor', 'action', 'object'].map((name) => [name, params.get(name)?.trim()] as const)
  const times = ['from', 'to'].map((name) => [name, Number(params.get(name) ?? '')] as const)
  const { cursor } = placeIn(params)
  return {
    limit: 50,
    ...Object.fromEntries(text.filter(([, value]) => value)),
    ...Object.fromEntries(times.filter(([, value]) => value > 0)),
    ...(cursor !== null && { cursor }),
  }
}

/** The chain is whole, or here is the first place where it is not. */
function Verdict({ verdict }: { readonly verdict: NonNullable<ReturnType<typeof useVerify>['data']> }) {
  const words = useWords(auditWords)
  const { sealed, checked, waiting, headHash, faults } = verdict
  const whole = faults.length === 0
  const notes = [
    checked < sealed ? words.checked(checked, sealed) : null,
    waiting > 0 ? words.waiting(waiting) : null,
    headHash === null ? null : `${words.head} ${headHash.slice(0, 16)}…`,
  ].filter((note) => note !== null)
  return (
    <Alert
      className="verdict"
      type={whole ? 'success' : 'error'}
      showIcon
      role="status"
      title={whole ? words.verified(checked) : words.faults(faults.length)}
      description={
        <>
          {faults.slice(0, 20).map((fault) => (
            <p key={`${fault.sequence}-${fault.what}`}>
              {words.fault(String(fault.sequence ?? '—'), fault.what)}
            </p>
          ))}
          <span className="quiet num">{notes.join(' · ')}</span>
        </>
      }
    />
  )
}

function Filters() {
  const words = useWords(auditWords)
  const [params, setParams] = useSearchParams()
  const set = (changes: Record<string, string | null>): void => {
    const next = withPlace(params, { cursor: null, trail: [] })
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    setParams(next)
  }
  const day = (name: string): dayjs.Dayjs | null => {
    const at = Number(params.get(name) ?? '')
    return at > 0 ? dayjs(dayOf(at)) : null
  }
  return (
    <Space wrap className="filters">
      <Select
        aria-label={words.action}
        placeholder={words.action}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        className="filter-action"
        value={params.get('action')}
        options={Object.entries(words.actionOf).map(([value, label]) => ({
          value,
          label: `${label} ${value}`,
        }))}
        onChange={(action: string | null | undefined) => set({ action: action ?? null })}
      />
      {(['actor', 'object'] as const).map((name) => (
        <Input.Search
          key={name}
          aria-label={words.find[name]}
          placeholder={words.find[name]}
          defaultValue={params.get(name) ?? ''}
          allowClear
          maxLength={64}
          onSearch={(value) => set({ [name]: value.trim() })}
        />
      ))}
      <DatePicker.RangePicker
        aria-label={words.range}
        placeholder={[words.from, words.to]}
        allowEmpty={[true, true]}
        value={[day('from'), day('to')]}
        onChange={(range) =>
          set({
            from: range?.[0] ? String(fromWallClock(`${range[0].format('YYYY-MM-DD')}T00:00:00`)) : null,
            to: range?.[1] ? String(fromWallClock(`${range[1].format('YYYY-MM-DD')}T23:59:59`)) : null,
          })
        }
      />
    </Space>
  )
}

function AuditTable({ rows, waiting }: { readonly rows: readonly AuditRow[]; readonly waiting: boolean }) {
  const words = useWords(auditWords)
  const outcomes: Readonly<Record<string, string>> = words.outcomeOf
  const actions: Readonly<Record<string, string>> = words.actionOf
  const columns: readonly ListColumn<AuditRow>[] = [
    { key: 'at', always: true, title: words.at, width: 170, className: 'num', text: ({ at }) => exactOf(at) },
    {
      key: 'actor',
      title: words.actor,
      width: 140,
      ellipsis: true,
      text: ({ actor, actorName }) => actorName ?? actor,
    },
    {
      key: 'action',
      title: words.action,
      width: 170,
      text: ({ action }) => [actions[action], action].filter((part) => part !== undefined).join(' · '),
      render: ({ action }) => <Action name={actions[action]} action={action} />,
    },
    {
      key: 'object',
      title: words.object,
      width: 200,
      ellipsis: true,
      className: 'num',
      text: ({ object }) => object,
    },
    {
      key: 'outcome',
      title: words.outcome,
      width: 110,
      text: ({ outcome }) => outcomes[outcome] ?? outcome,
      render: ({ outcome }) => (
        <span className={outcome === 'done' ? '' : 'tone-warn'}>{outcomes[outcome] ?? outcome}</span>
      ),
    },
    { key: 'ip', title: words.ip, width: 120, className: 'num', text: ({ ip }) => ip ?? '—' },
    {
      key: 'detail',
      title: words.detail,
      width: 300,
      ellipsis: true,
      text: ({ detail }) => detailWords(detail),
    },
    {
      key: 'sequence',
      title: words.sequence,
      width: 100,
      className: 'num',
      text: ({ sequence }) => String(sequence ?? words.notSealed),
      render: ({ sequence }) => sequence ?? <span className="quiet">{words.notSealed}</span>,
    },
  ]
  return (
    <ListTable<AuditRow>
      name="audit"
      label={words.title}
      rowKey="id"
      size="small"
      loading={waiting}
      rows={rows}
      columns={columns}
      expandable={{
        expandedRowRender: wholeRow,
        columnTitle: <span className="hidden">{words.detail}</span>,
      }}
    />
  )
}

function wholeRow(row: AuditRow) {
  return <WholeRow row={row} />
}

function WholeRow({ row }: { readonly row: AuditRow }) {
  const words = useWords(auditWords)
  return (
    <p className="num quiet">
      {row.actor} · {row.object} · {words.requestId} {row.requestId}
      <br />
      {detailWords(row.detail)}
    </p>
  )
}

/** What was done, in words where there are some, and as the server names it. */
function Action({ name, action }: { readonly name: string | undefined; readonly action: string }) {
  if (name === undefined) return action
  return (
    <>
      {name}
      <div className="quiet">{action}</div>
    </>
  )
}
