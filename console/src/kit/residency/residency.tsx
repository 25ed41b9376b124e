import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { dayOf, timeOf } from '../format'
import { Loaded } from '../loaded'
import { useMay } from '../me-context'
import { useSay } from '../use-done'
import { useWords } from '../../words/language'
import { type Residency as Lives, useResidency, useStopProxy, useWithdraw } from './api'
import { HandoverDialog } from './handover-dialog'
import { familyWords } from './words'

/** Who is bound to a household, who acts there for whom, and when it changed hands. */
export function Residency({ householdId }: { readonly householdId: string }) {
  const words = useWords(familyWords)
  const may = useMay()
  const query = useResidency(householdId)
  const [recording, setRecording] = useState(false)
  return (
    <Loaded query={query}>
      {(lives) => (
        <>
          <h2 className="small">{words.people}</h2>
          {lives.members.length === 0 ? <p className="quiet">{words.nobody}</p> : null}
          {lives.members.map(({ id, role, proven, phoneMasked, since }) => (
            <p key={id} className="num">
              {words.roleOf[role]}
              {role === 'owner' && proven ? ` · ${words.proven}` : ''} · {phoneMasked ?? words.noPhone}{' '}
              <span className="quiet small">{words.since(timeOf(since))}</span>
            </p>
          ))}
          {lives.proxies.length > 0 ? <h2 className="small">{words.acting}</h2> : null}
          {lives.proxies.map((proxy) => (
            <Acting key={proxy.id} proxy={proxy} />
          ))}
          <h2 className="small">{words.changes}</h2>
          {lives.handovers.length === 0 ? <p className="quiet">{words.never}</p> : null}
          {lives.handovers.map((handover) => (
            <Change key={handover.id} handover={handover} />
          ))}
          {may('familyDesk.recordHandover') ? (
            <Button onClick={() => setRecording(true)}>{words.record}</Button>
          ) : null}
          {recording ? (
            <HandoverDialog
              householdId={householdId}
              members={lives.members}
              onClose={() => setRecording(false)}
            />
          ) : null}
        </>
      )}
    </Loaded>
  )
}

function Acting({ proxy }: { readonly proxy: Lives['proxies'][number] }) {
  const words = useWords(familyWords)
  const { done } = useSay()
  const stop = useStopProxy()
  const may = useMay()
  const press = (): void => stop.mutate({ proxyId: proxy.id }, { onSuccess: () => done(words.stopped) })
  return (
    <p className="num">
      {proxy.agentPhoneMasked ?? words.noPhone} · {proxy.method === 'wallet' ? words.byWallet : words.bySms} ·{' '}
      {words.until(dayOf(proxy.until))}{' '}
      {may('familyDesk.stopProxy') ? (
        <Popconfirm title={words.stopTitle} description={words.stopText} onConfirm={press}>
          <Button size="small" danger loading={stop.isPending}>
            {words.stop}
          </Button>
        </Popconfirm>
      ) : null}
    </p>
  )
}

function Change({ handover }: { readonly handover: Lives['handovers'][number] }) {
  const words = useWords(familyWords)
  const { done } = useSay()
  const withdraw = useWithdraw()
  const may = useMay()
  const { id, kind, state, effectiveAt, byName, source, note } = handover
  const press = (): void => withdraw.mutate({ handoverId: id }, { onSuccess: () => done(words.withdrawn) })
  return (
    <section className="card code-card" aria-label={`${words.kindOf[kind]} ${dayOf(effectiveAt)}`}>
      <b>{words.kindOf[kind]}</b> <span className="num">{dayOf(effectiveAt)}</span>{' '}
      <span className={`chip chip-${state === 'applied' ? 'ok' : 'bad'}`}>{words.stateOf[state]}</span>
      <div className="quiet small">
        {source === 'import' ? words.byImport : (byName ?? '')} {note}
      </div>
      {state !== 'withdrawn' && may('familyDesk.withdrawHandover') ? (
        <Popconfirm title={words.withdrawTitle} description={words.withdrawText} onConfirm={press}>
          <Button size="small" danger loading={withdraw.isPending}>
            {words.withdraw}
          </Button>
        </Popconfirm>
      ) : null}
    </section>
  )
}
