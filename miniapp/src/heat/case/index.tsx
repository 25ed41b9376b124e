import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { heatCaseState } from '../../by-code'
import { moment, money } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { usePullToReload } from '../../parts/paged'
import { go } from '../../routes'
import { useFresh } from '../../state/fresh'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Card, classes, Fact, Page, Row, Show } from '../../ui'
import { Answer } from '../answer'
import { Calculation } from '../calculation'
import { stepsDone, stepsOf } from '../figures'
import { Measurements } from '../measurements'
import { Outages } from '../outages'
import type { HeatCase } from '../types'
import { said } from '../words'
import '../heat.scss'

const bones = [300, 260, 320] as const
const askEveryMs = 30_000

/** One case: what was measured, how the refund is reckoned, and what the resident says to it. `?id` */
export default function CasePage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.home.cases}>
      <Gate bones={bones}>{() => <Loaded key={params['id']} id={params['id'] ?? ''} />}</Gate>
    </Page>
  )
}

function Loaded({ id }: { id: string }) {
  const { resource, reload, retry } = useResource(id, () => read('heating.getCase', { caseId: id }), {
    cache: `heat.${id}`,
    onShow: true,
  })
  const [changed, setChanged] = useState<HeatCase | null>(null)
  usePullToReload(reload)
  const fetched = resource.state === 'ready' || resource.state === 'stale' ? resource.data : null
  const isOver = fetched?.state === 'closed' || fetched?.payback?.state === 'done'
  useFresh(reload, askEveryMs, fetched !== null && !isOver)
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(found) => (
        <Whole
          view={changed !== null && changed.version > found.version ? changed : found}
          onChanged={setChanged}
        />
      )}
    </Show>
  )
}

function Whole({ view, onChanged }: { view: HeatCase; onChanged(view: HeatCase): void }) {
  return (
    <>
      <Standing view={view} />
      {view.kind === 'stop' ? <Outages stops={view.calculation.stops} /> : <Measurements view={view} />}
      <Calculation sum={view.calculation} counts={view.state === 'open'} />
      <Answer view={view} onChanged={onChanged} />
      <Rounds view={view} />
    </>
  )
}

/** The requests to measure; outages have none. */
function Rounds({ view }: { view: HeatCase }) {
  if (view.rounds.length === 0) return null
  return (
    <Card list>
      {view.rounds.map(({ requestId, requestNumber }) => (
        <Row
          key={requestId}
          title={said.case.request(requestNumber)}
          onClick={() => go('request', { id: requestId })}
        />
      ))}
    </Card>
  )
}

function Standing({ view }: { view: HeatCase }) {
  const nowMs = useNow()
  const done = stepsDone(view)
  const { payback } = view
  return (
    <Card className="stack">
      <View className="t-2">{said.case.title[view.kind]}</View>
      <View className="t-head" id="case-state">
        {heatCaseState(view)}
      </View>
      {view.dueAt === null ? null : (
        <View className="t-accent">{said.case.due(moment(view.dueAt, nowMs))}</View>
      )}
      <View className="heat-steps">
        {stepsOf(view).map((name, index) => (
          <View key={name} className={classes('heat-step', index < done && 'done')}>
            <View className="heat-dot" />
            <View className="t-3">{said.case.steps[name]}</View>
          </View>
        ))}
      </View>
      {payback === null ? null : (
        <View className="stack" id="case-payback">
          {payback.refundedFen > 0 ? (
            <View>{said.case.payback.refunded(money(payback.refundedFen))}</View>
          ) : null}
          {payback.creditedFen > 0 ? (
            <View>{said.case.payback.credited(money(payback.creditedFen))}</View>
          ) : null}
          <View className="t-2">{said.case.payback[payback.state]}</View>
        </View>
      )}
      <Fact label={said.case.number} value={view.number} mono />
      <Fact label={said.case.address} value={view.shortAddress} />
    </Card>
  )
}
