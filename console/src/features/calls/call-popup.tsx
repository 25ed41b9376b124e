import { PhoneFilled } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Output } from '../../api/types'
import { spanOf } from '../../kit/countdown'
import { yuan } from '../../kit/format'
import { useMay } from '../../kit/me-context'
import { useNow } from '../../kit/now'
import { useWords } from '../../words/language'
import { useCall, useMyCall } from './api'
import { callWords } from './words'

type Call = NonNullable<Output<'calls.mine'>['call']>

/**
 * A call that rings at me stands over every page, with what there is to know at the first word. It takes the focus from
 * nobody: who writes goes on writing.
 */
export function CallPopup() {
  const may = useMay()
  const { pathname } = useLocation()
  const mine = useMyCall(may('calls.mine'))
  const [folded, setFolded] = useState<string | null>(null)
  const call = mine.data?.call ?? null
  if (call === null || call.endedAt !== null || pathname === `/calls/${call.id}`) return null
  return folded === call.id ? (
    <Folded call={call} onOpen={() => setFolded(null)} />
  ) : (
    <Popped call={call} onFold={() => setFolded(call.id)} />
  )
}

function Folded({ call, onOpen }: { readonly call: Call; readonly onOpen: () => void }) {
  const words = useWords(callWords)
  return (
    <Button
      className="call-folded"
      shape="round"
      icon={<PhoneFilled aria-hidden />}
      aria-label={words.again}
      onClick={onOpen}
    >
      <span className="num">{call.phoneMasked}</span>
    </Button>
  )
}

function Popped({ call, onFold }: { readonly call: Call; readonly onFold: () => void }) {
  const words = useWords(callWords)
  const go = useNavigate()
  const known = useCall(call.id).data?.context
  const household = known?.households[0]
  const open = household?.history.filter(({ state }) => !ended.includes(state)).length ?? 0
  return (
    <section className={`call-popup call-${call.state}`} role="alertdialog" aria-label={words.popup}>
      <div className="pane-line">
        <b>
          <PhoneFilled aria-hidden /> {words.stateOf[call.state]}{' '}
          <span className="num">{call.phoneMasked}</span>
        </b>
        <Since at={call.answeredAt ?? call.startedAt} />
      </div>
      <div className="big">{call.nameMasked ?? words.unknown}</div>
      {call.shortAddress === null ? null : <div className="quiet">{call.shortAddress}</div>}
      <div className="risks">
        {known?.risks.map((risk) => (
          <span key={risk} className="chip chip-bad">
            {risk}
          </span>
        ))}
        {household?.outages.map(({ noticeId, title }) => (
          <span key={noticeId} className="chip chip-warn">
            {words.outage} · {title}
          </span>
        ))}
        {open > 0 ? <span className="chip chip-warn">{words.openRequests(open)}</span> : null}
        {household?.owedFen ? (
          <span className="chip">
            {words.owed} <span className="num">{yuan(household.owedFen)}</span>
          </span>
        ) : null}
      </div>
      <Space>
        <Button type="primary" onClick={() => void go(`/calls/${call.id}`)}>
          {words.open}
        </Button>
        <Button onClick={onFold}>{words.later}</Button>
      </Space>
    </section>
  )
}

const ended: readonly string[] = ['closed', 'cancelled', 'merged', 'resolved']

export function Since({ at }: { readonly at: number }) {
  return <span className="num quiet">{spanOf(Math.max(0, useNow() - at)).text}</span>
}
