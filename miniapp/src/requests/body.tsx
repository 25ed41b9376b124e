import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { RequestClock, RequestStep, RequestView } from '../api/types'
import { requestState, stepBy, stepTitle } from '../by-code'
import { moment } from '../format'
import { callHotline } from '../parts/hotline'
import { promiseView } from '../parts/promise'
import { PromiseBox } from '../parts/request-card'
import { ShownFiles } from '../parts/shown-files'
import { GivenStars } from '../parts/stars'
import { go } from '../routes'
import { useNow } from '../state/now'
import { requestTone } from '../status'
import { Button, Card, classes, Fact, Icon, Row, Tag } from '../ui'
import { said } from './words'
import './body.scss'
import { written } from '../format-words'

/** What a request is and how it stands; the buttons are the page's. `children` stand below the promise. */
export function RequestBody({ request, children }: { request: RequestView; children?: ReactNode }) {
  return (
    <>
      <Top request={request} />
      {children}
      <Worker request={request} />
      <Steps steps={request.steps} />
      {request.mine ? <Content request={request} /> : <View className="t-3">{said.detail.followOnly}</View>}
      {request.rating ? <Rated request={request} /> : null}
    </>
  )
}

function Top({ request }: { request: RequestView }) {
  // The nearest promise first; at the end all of them say whether they were kept.
  const next = request.nextClock
  const isOver = request.state === 'resolved' || request.state === 'closed'
  const others = request.clocks.filter(
    (clock) => clock.kind !== next?.kind && clock.state !== 'void' && (isOver || clock.state !== 'met'),
  )
  return (
    <Card className="stack">
      <View className="between">
        <View className="grow">
          <View className="t-3 num" id="request-number">{`${request.number} · ${request.typeName}`}</View>
          <View className="t-head" id="request-state">
            {requestState(request)}
          </View>
        </View>
        <Tag
          text={request.class === 'repair' ? request.companyName : request.typeName}
          tone={requestTone(request.state)}
        />
      </View>
      {next ? <PromiseBox clock={next} title={said.detail.promise} /> : null}
      {request.notice ? <OfOutage notice={request.notice} /> : null}
      {others.length > 0 ? (
        <View>
          {others.map((clock) => (
            <PromiseLine key={clock.kind} clock={clock} />
          ))}
        </View>
      ) : null}
    </Card>
  )
}

/** It is part of an outage, where one reads until when. */
const OfOutage = ({ notice }: { notice: NonNullable<RequestView['notice']> }) => (
  <Row
    id="request-outage"
    lead={<Icon name="notice" />}
    title={notice.title}
    note={said.detail.outage}
    onClick={() => go('notice', { noticeId: notice.id })}
  />
)

/** A promise that is not the next one: in words, without ticking. */
function PromiseLine({ clock }: { clock: RequestClock }) {
  const view = promiseView(clock, useNow())
  return (
    <View className="between promise-more">
      <View className="t-2 grow">{view.line}</View>
      {view.note ? <Tag text={view.note} tone={view.tone} /> : null}
    </View>
  )
}

const Worker = ({ request }: { request: RequestView }) => (
  <Card className="between">
    {request.workerName === null ? (
      <View className="grow">
        <View>{request.companyName}</View>
        <View className="t-3 num">{request.hotline}</View>
      </View>
    ) : (
      <>
        <View className="badge worker-badge">{request.workerName.slice(0, 1)}</View>
        <View className="grow">
          <View>{request.workerName}</View>
          <View className="t-3">{said.detail.workerNote}</View>
        </View>
      </>
    )}
    <Button kind="soft" small id="call" onClick={() => callHotline(request.hotline)}>
      {said.detail.call}
    </Button>
  </Card>
)

/** Newest on top; what happened, when, by whom, with its pictures. */
function Steps({ steps }: { steps: readonly RequestStep[] }) {
  const nowMs = useNow()
  const shown = [...steps].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  return (
    <Card className="steps">
      {shown.map((step, index) => (
        <View key={step.id} className="step">
          <View className={classes('step-dot', index === 0 && 'on')} />
          <View className="grow">
            <View>{stepTitle(step)}</View>
            <View className="t-3">
              {[moment(step.at, nowMs), stepBy(step)].filter((part) => part !== null).join(' · ')}
            </View>
            {step.words ? <View className="t-2 said">{step.words}</View> : null}
            <ShownFiles files={step.files} />
          </View>
        </View>
      ))}
    </Card>
  )
}

function Content({ request }: { request: RequestView }) {
  const contact = [request.contactNameMasked, request.contactPhoneMasked].filter((part) => part !== null)
  // The timeline shows what came with its steps; nothing is shown twice.
  const inSteps = new Set(request.steps.flatMap(({ files }) => files.map(({ fileId }) => fileId)))
  const rest = request.files.filter(({ fileId }) => !inSteps.has(fileId))
  const wordsInSteps = request.steps.some(({ words }) => words === request.words)
  return (
    <Card className="stack">
      {wordsInSteps ? null : (
        <View>
          <View className="t-3">{said.detail.content}</View>
          <View className="said">{request.words}</View>
        </View>
      )}
      <ShownFiles files={rest} />
      <View>
        {request.answers.map(({ label, value }) => (
          <Fact key={label} label={label} value={value} />
        ))}
        {request.shortAddress ? <Fact label={said.detail.address} value={request.shortAddress} /> : null}
        {contact.length > 0 ? <Fact label={said.detail.contact} value={contact.join(' ')} /> : null}
        {request.onBehalfOf ? <Fact label={said.detail.parent} value={request.onBehalfOf} /> : null}
        {request.anonymous ? <View className="t-3">{said.detail.anonymous}</View> : null}
        <Fact label={said.detail.number} value={request.number} mono />
        {request.parent ? <Fact label={said.detail.related} value={request.parent.number} mono /> : null}
      </View>
    </Card>
  )
}

/** What was said of it, and what was answered to that. */
function Rated({ request }: { request: RequestView }) {
  const nowMs = useNow()
  const { rating } = request
  if (rating === null) return null
  return (
    <Card className="stack" id="my-rating">
      <View className="between">
        <View className="t-title">{said.rate.mine}</View>
        <View className="t-2">{said.rate.outcomes[rating.outcome]}</View>
      </View>
      <GivenStars value={rating.stars} />
      {rating.reasons.length > 0 ? <View className="t-2">{written.listed(rating.reasons)}</View> : null}
      {rating.words ? <View className="said">{rating.words}</View> : null}
      <ShownFiles files={rating.files} />
      {rating.reply ? (
        <View id="rating-reply">
          <View className="t-3">
            {`${said.rate.reply(rating.reply.byName)} · ${moment(rating.reply.at, nowMs)}`}
          </View>
          <View className="said">{rating.reply.words}</View>
        </View>
      ) : null}
    </Card>
  )
}
