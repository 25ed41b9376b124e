import { Button, Input, Space } from 'antd'
import { useState } from 'react'
import type { NoticeCall } from '../../../api/types'
import { timeOf } from '../../../kit/format'
import { Loaded } from '../../../kit/loaded'
import { useMay } from '../../../kit/me-context'
import { useSay } from '../../../kit/use-done'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useCalls, useShowPhone, useTickCall } from '../api/list-calls'
import { noticePageWords } from './words'

/** Customers who are called and not only written to; whoever calls them ticks them off. */
export function CallList({ noticeId }: { readonly noticeId: string }) {
  const words = useWords(noticePageWords)
  const [trail, setTrail] = useState<readonly string[]>([])
  const calls = useCalls(noticeId, trail.at(-1) ?? null)
  const next = calls.data?.nextCursor ?? null
  return (
    <section className="card" aria-labelledby="notice-calls">
      <h2 id="notice-calls">
        {words.calls}{' '}
        {calls.data === undefined || calls.data.total === 0 ? null : (
          <span className="num quiet">{words.callsLeft(calls.data.open, calls.data.total)}</span>
        )}
      </h2>
      <Loaded query={calls} rows={3}>
        {({ items, total }) => (
          <ul className="calls">
            {items.map((call) => (
              <Call key={call.householdId} noticeId={noticeId} call={call} />
            ))}
            {total === 0 ? <li className="quiet">{words.noCalls}</li> : null}
          </ul>
        )}
      </Loaded>
      {trail.length > 0 || next !== null ? (
        <Space className="pager">
          <Button size="small" disabled={trail.length === 0} onClick={() => setTrail(trail.slice(0, -1))}>
            {words.fewerCalls}
          </Button>
          <Button
            size="small"
            disabled={next === null}
            onClick={() => next !== null && setTrail([...trail, next])}
          >
            {words.moreCalls}
          </Button>
        </Space>
      ) : null}
    </section>
  )
}

interface CallProps {
  readonly noticeId: string
  readonly call: NoticeCall
}

const tones = { open: 'warn', called: 'ok', unreached: 'bad' } as const

function Call({ noticeId, call }: CallProps) {
  const words = useWords(noticePageWords)
  const kit = useWords(kitWords)
  const may = useMay()
  const { failed } = useSay()
  const tick = useTickCall()
  const [note, setNote] = useState(call.note)
  const { householdId, nameMasked, state } = call
  const set = (next: NoticeCall['state']): void =>
    tick.mutate({ noticeId, householdId, state: next, note: note.trim() }, { onError: failed })
  return (
    <li className="call">
      <p>
        <span className={`chip chip-${tones[state]}`}>{words.callStateOf[state]}</span>{' '}
        <span className="chip">{call.mark}</span> <b>{nameMasked}</b>{' '}
        <CallPhone noticeId={noticeId} call={call} />
      </p>
      <p className="quiet">{call.address}</p>
      {call.byName === null || call.at === null ? null : (
        <p className="quiet num">{words.ticked(call.byName, timeOf(call.at))}</p>
      )}
      {may('notices.tickCall') ? (
        <div className="call-act">
          <Input
            size="small"
            aria-label={words.noteFor(nameMasked)}
            placeholder={words.note}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onBlur={() => note.trim() !== call.note && state !== 'open' && set(state)}
          />
          {state === 'called' ? null : (
            <Button
              size="small"
              type="primary"
              loading={tick.isPending}
              aria-label={words.tickFor(nameMasked)}
              onClick={() => set('called')}
            >
              {words.tick}
            </Button>
          )}
          {state === 'open' ? (
            <Button size="small" aria-label={words.unreachedFor(nameMasked)} onClick={() => set('unreached')}>
              {words.unreached}
            </Button>
          ) : (
            <Button size="small" aria-label={words.untickFor(nameMasked)} onClick={() => set('open')}>
              {words.untick}
            </Button>
          )}
        </div>
      ) : call.note === '' ? null : (
        <p className="quiet">
          {words.note} {call.note || kit.unknown}
        </p>
      )}
    </li>
  )
}

/** The number as everybody sees it, and whole for whoever is about to call. */
function CallPhone({ noticeId, call }: CallProps) {
  const words = useWords(noticePageWords)
  const may = useMay()
  const { failed } = useSay()
  const show = useShowPhone()
  const { householdId, nameMasked, phoneMasked } = call
  if (phoneMasked === null) return <span className="quiet">{words.noPhone}</span>
  if (show.data)
    return (
      <a className="num" href={`tel:${show.data.phone}`} title={words.phoneLeft(show.data.leftToday)}>
        {show.data.phone}
      </a>
    )
  return (
    <span className="num">
      {phoneMasked}{' '}
      {may('desk.showCallPhone') ? (
        <button
          type="button"
          className="plain-button"
          disabled={show.isPending}
          aria-label={words.showPhoneOf(nameMasked)}
          onClick={() => show.mutate({ noticeId, householdId }, { onError: failed })}
        >
          {words.showPhone}
        </button>
      ) : null}
    </span>
  )
}
