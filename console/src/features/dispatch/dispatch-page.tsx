import { Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { DeskRow } from '../../api/types'
import { Countdown } from '../../kit/countdown-text'
import { timeOf } from '../../kit/format'
import { Loaded, Nothing } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { PriorityTag, StateTag } from '../../kit/tags'
import { useWords } from '../../words/language'
import { useHelpList } from './api/help'
import { useOffers } from './api/list-offers'
import { useTeams } from './api/list-teams'
import { useTeamWork, useWaiting } from './api/list-waiting'
import { AssignPanel } from './assign-panel'
import { OfferCountdown } from './offer-countdown'
import { dispatchWords } from './words'

/** Waiting requests, who should go, and what teams have in hand: one look, one click. */
export function DispatchPage() {
  const words = useWords(dispatchWords)
  const waiting = useWaiting()
  const [chosen, setChosen] = useState<string | null>(null)
  const rows = waiting.data?.items ?? []
  const request = rows.find(({ id }) => id === chosen) ?? rows[0]
  const next = (): void => setChosen(null)
  return (
    <Page title={words.title}>
      <div className="board">
        <section className="board-column" aria-label={words.waiting}>
          <h2>
            {words.waiting} <span className="num count">{waiting.data?.items.length ?? ''}</span>
          </h2>
          <div className="board-scroll">
            <Loaded
              query={waiting}
              empty={{ when: ({ items }) => items.length === 0, words: words.waitingEmpty }}
            >
              {({ items }) => (
                <ul className="pane-list">
                  {items.map((row) => (
                    <WaitingRow
                      key={row.id}
                      row={row}
                      on={row.id === request?.id}
                      onChoose={() => setChosen(row.id)}
                    />
                  ))}
                </ul>
              )}
            </Loaded>
          </div>
        </section>
        <section className="board-column wide" aria-label={words.candidates}>
          {request === undefined ? (
            <Nothing>{words.pick}</Nothing>
          ) : (
            <>
              <h2>
                {request.typeName}{' '}
                <Link to={`/requests/${request.id}`} className="num">
                  {request.number}
                </Link>
              </h2>
              <div className="board-scroll pad">
                <p className="said">{request.excerpt}</p>
                <AssignPanel key={request.id} request={request} onDone={next} />
              </div>
            </>
          )}
        </section>
        <section className="board-column" aria-label={words.teams}>
          <TeamWork />
          <Offers />
          <HelpList />
        </section>
      </div>
    </Page>
  )
}

interface WaitingRowProps {
  readonly row: DeskRow
  readonly on: boolean
  readonly onChoose: () => void
}

function WaitingRow({ row, on, onChoose }: WaitingRowProps) {
  return (
    <li>
      <button type="button" className={on ? 'pane-row on' : 'pane-row'} aria-pressed={on} onClick={onChoose}>
        <span className="pane-line">
          <b className="ellipsis">
            {row.typeName} <PriorityTag priority={row.priority} />
          </b>
          <Countdown clock={row.clock} />
        </span>
        <span className="ellipsis">{row.excerpt}</span>
        <span className="pane-line quiet">
          <span className="ellipsis">{row.areaName ?? '—'}</span>
          <StateTag state={row.state} />
        </span>
      </button>
    </li>
  )
}

function TeamWork() {
  const words = useWords(dispatchWords)
  const me = useMe()
  const teams = useTeams().data?.teams ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const teamId = chosen ?? teams.find(({ id }) => id === me.teamId)?.id ?? teams[0]?.id ?? null
  const work = useTeamWork(teamId)
  return (
    <div className="board-part">
      <h2 className="with-choice">
        {words.teams}
        <Select
          size="small"
          aria-label={words.team}
          value={teamId}
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
          popupMatchSelectWidth={false}
        />
      </h2>
      {teamId === null ? null : (
        <Loaded
          query={work}
          rows={3}
          empty={{ when: ({ items }) => items.length === 0, words: words.teamsEmpty }}
        >
          {({ items }) => (
            <ul className="lines pad">
              {items.map((row) => (
                <li key={row.id}>
                  <StateTag state={row.state} />
                  <Link className="grow ellipsis" to={`/requests/${row.id}`}>
                    {row.typeName} · {row.assignee?.name ?? '—'}
                  </Link>
                  <Countdown clock={row.clock} />
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      )}
    </div>
  )
}

function Offers() {
  const words = useWords(dispatchWords)
  const may = useMay()
  const offers = useOffers(may('dispatch.offers')).data?.offers ?? []
  return (
    <div className="board-part">
      <h2>{words.offers}</h2>
      {offers.length === 0 ? <p className="quiet pad">{words.offersEmpty}</p> : null}
      <ul className="lines pad">
        {offers.map((offer) => (
          <li key={offer.requestId}>
            <Link className="grow ellipsis" to={`/requests/${offer.requestId}?do=dispatch`}>
              {offer.typeName} · {offer.workerName ?? words.pool}
            </Link>
            <OfferCountdown answerBy={offer.answerBy} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function HelpList() {
  const words = useWords(dispatchWords)
  const may = useMay()
  return may('help.list') ? <HelpThreads words={words} /> : null
}

function HelpThreads({ words }: { readonly words: (typeof dispatchWords)['en'] }) {
  const threads = useHelpList().data?.threads ?? []
  return (
    <div className="board-part">
      <h2>{words.help}</h2>
      {threads.length === 0 ? <p className="quiet pad">{words.helpEmpty}</p> : null}
      <ul className="lines pad">
        {threads.map((thread) => (
          <li key={thread.requestId}>
            <Link className="grow ellipsis" to={`/requests/${thread.requestId}`}>
              {thread.typeName} · {thread.workerName}
            </Link>
            {thread.waiting ? <span className="chip chip-warn">{words.helpWaiting}</span> : null}
            <span className="num quiet">{timeOf(thread.lastAt)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
