import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { DeskRow } from '../../api/types'
import { Countdown } from '../../kit/countdown-text'
import { stepIn } from '../../kit/key-map'
import { Loaded } from '../../kit/loaded'
import { Pager } from '../../kit/pager'
import { StateTag } from '../../kit/tags'
import { useKeys } from '../../kit/use-keys'
import { useWords } from '../../words/language'
import { useRequestList } from './api/list-requests'
import { inputFrom } from './filters'
import { InboxTabs } from './inbox-tabs'
import { InboxKeys } from './inbox-keys'
import { inboxWords } from './words'

/** The same list, narrow, beside an open request. */
export function ListPane({ current }: { readonly current: string }) {
  const words = useWords(inboxWords)
  const [params] = useSearchParams()
  const go = useNavigate()
  const [help, setHelp] = useState(false)
  const list = useRequestList(inputFrom(params))
  const search = params.size === 0 ? '' : `?${params}`
  const ids = list.data?.items.map(({ id }) => id) ?? []
  const step = (by: 1 | -1): void => {
    const next = stepIn(ids, current, by)
    if (next !== null && next !== current) void go(`/requests/${next}${search}`)
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    u: () => void go(`/inbox${search}`),
    '?': () => setHelp(true),
  })
  return (
    <section className="pane" aria-label={words.list}>
      <InboxTabs />
      <div className="pane-scroll">
        <Loaded query={list} empty={{ when: ({ items }) => items.length === 0, words: words.empty }}>
          {({ items }) => (
            <ul className="pane-list">
              {items.map((row) => (
                <PaneRow key={row.id} row={row} on={row.id === current} to={`/requests/${row.id}${search}`} />
              ))}
            </ul>
          )}
        </Loaded>
        <Pager nextCursor={list.data?.nextCursor ?? null} />
      </div>
      <InboxKeys open={help} onClose={() => setHelp(false)} />
    </section>
  )
}

interface PaneRowProps {
  readonly row: DeskRow
  readonly on: boolean
  readonly to: string
}

function PaneRow({ row, on, to }: PaneRowProps) {
  return (
    <li>
      <Link
        to={to}
        className={on ? 'pane-row on' : 'pane-row'}
        {...(on && { 'aria-current': 'true' as const })}
      >
        <span className="pane-line">
          <b className="ellipsis">{row.typeName}</b>
          <Countdown clock={row.clock} />
        </span>
        <span className="ellipsis">{row.excerpt}</span>
        <span className="pane-line quiet">
          <span className="ellipsis">{row.areaName ?? '—'}</span>
          <StateTag state={row.state} />
        </span>
      </Link>
    </li>
  )
}
