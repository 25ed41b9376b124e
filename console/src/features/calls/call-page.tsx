import { ArrowLeftOutlined } from '@ant-design/icons'
import { Alert, Button, Result } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { HouseholdPanel, Output } from '../../api/types'
import { timeOf } from '../../kit/format'
import { Failed, Loaded } from '../../kit/loaded'
import { useTitle } from '../../kit/page'
import { useWords } from '../../words/language'
import { useCall, useLinkRequest } from './api'
import { BackActs } from './back-acts'
import { Since } from './call-popup'
import { callWords } from './words'

type Call = Output<'calls.get'>['call']
type Context = Output<'calls.get'>['context']
type Created = Output<'desk.create'>

export interface CallSlots {
  readonly renderContext: (context: Context) => ReactNode
  readonly renderRequest: (
    call: Call,
    household: HouseholdPanel | null,
    onCreated: (answer: Created) => void,
  ) => ReactNode
}

/** One call: who it may be, and the form for what they want. */
export function CallPage(slots: CallSlots) {
  const { callId = '' } = useParams()
  const words = useWords(callWords)
  const query = useCall(callId)
  useTitle(words.callTitle(query.data?.call.phoneMasked ?? ''))
  return (
    <Loaded query={query} rows={12}>
      {({ call, context }) => <CallBody key={call.id} call={call} context={context} {...slots} />}
    </Loaded>
  )
}

function CallBody(props: CallSlots & { readonly call: Call; readonly context: Context }) {
  const { call, context } = props
  return (
    <div className="call-page">
      <div className="call-main">
        <CallHead call={call} />
        <RequestPart {...props} />
      </div>
      {props.renderContext(context)}
    </div>
  )
}

function CallHead({ call }: { readonly call: Call }) {
  const words = useWords(callWords)
  return (
    <div className="request-head">
      <Link to="/calls" className="back" aria-label={words.backToList} title={words.backToList}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <div className="request-title">
        <h1>
          <span className="num">{call.phoneMasked}</span> {call.nameMasked ?? words.unknown}
        </h1>
        <div className="quiet ellipsis">
          <CallTag call={call} /> {call.shortAddress ?? ''} ·{' '}
          <span className="num">{timeOf(call.startedAt)}</span>
          {call.agent === null ? '' : ` · ${call.agent.name}`}
        </div>
      </div>
      {call.endedAt === null ? <Since at={call.answeredAt ?? call.startedAt} /> : null}
      <BackActs call={call} />
    </div>
  )
}

export function CallTag({ call }: { readonly call: Pick<Call, 'state' | 'callBack'> }) {
  const words = useWords(callWords)
  const tone = { ringing: 'warn', talking: 'go', ended: 'quiet', missed: 'bad' }[call.state]
  const back = call.callBack
  return (
    <>
      <span className={`chip chip-${tone}`}>{words.stateOf[call.state]}</span>
      {back === null ? null : (
        <>
          {' '}
          <span className={`chip chip-${{ open: 'warn', taken: 'go', done: 'ok' }[back]}`}>
            {words.backOf[back]}
          </span>
        </>
      )}
    </>
  )
}

/** The form, and after it what became of the call. */
function RequestPart({
  call,
  context,
  renderRequest,
}: CallSlots & { readonly call: Call; readonly context: Context }) {
  const words = useWords(callWords)
  const link = useLinkRequest()
  const [round, setRound] = useState(0)
  const [created, setCreated] = useState<Created | null>(null)
  const linkTo = ({ request }: Created): void => link.mutate({ callId: call.id, requestId: request.id })
  const onCreated = (answer: Created): void => {
    setCreated(answer)
    linkTo(answer)
  }
  const household = context.households.find(({ companyId }) => companyId === call.companyId) ?? null
  if (created !== null)
    return (
      <Result
        status="success"
        title={<Link to={`/requests/${created.request.id}`}>{words.linked(created.request.number)}</Link>}
        extra={
          <Button
            onClick={() => {
              setCreated(null)
              setRound(round + 1)
            }}
          >
            {words.another}
          </Button>
        }
      >
        {link.error ? (
          <>
            <Alert type="warning" showIcon title={words.linkFailed} />
            <Failed error={link.error} retry={() => linkTo(created)} />
          </>
        ) : null}
      </Result>
    )
  return (
    <div className="pad" key={round}>
      {call.request === null ? null : (
        <Alert
          type="success"
          showIcon
          title={<Link to={`/requests/${call.request.id}`}>{words.linked(call.request.number)}</Link>}
        />
      )}
      {renderRequest(call, household, onCreated)}
    </div>
  )
}
