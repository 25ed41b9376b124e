import { useState } from 'react'
import { here } from '../../platform/here'
import { load, save } from '../../platform/storage'
import { Button, Foot, goBack, succeed, usePress } from '../../ui'
import { doStep, useField } from '../store'
import { ConsentSheet } from '../consent-sheet'
import type { FieldOrder } from '../types'
import { said } from '../words'
import { HoldSheet } from './hold-sheet'
import { ResolveSheet } from './resolve-sheet'

const askedKey = 'field-location-asked'

/** The one next step of an order, at the thumb. */
export function MainActs({ order }: { order: FieldOrder }) {
  const { requestId, state, answerBy } = order
  if (answerBy !== null) return <TakeAct requestId={requestId} />
  if (state === 'dispatched') return <SetOut requestId={requestId} />
  if (state === 'on-the-way') return <Arrive order={order} />
  if (state === 'on-hold') return <Resume requestId={requestId} />
  return <OnSite order={order} />
}

function TakeAct({ requestId }: { requestId: string }) {
  const { busy, press } = usePress(() => doStep(requestId, { kind: 'take' }))
  return (
    <Foot>
      <Button id="take" busy={busy} onClick={press}>
        {said.order.take}
      </Button>
    </Foot>
  )
}

/** The first time somebody sets out they are asked about their place, once; work goes on either way. */
function SetOut({ requestId }: { requestId: string }) {
  const agreed = useField((state) => state.today?.worker.locationConsent === true)
  const offline = useField((state) => state.offline)
  const [asking, setAsking] = useState(false)
  const { busy, press } = usePress(async () => {
    if (!agreed && !offline && load<boolean>(askedKey) !== true) {
      save(askedKey, true)
      return setAsking(true)
    }
    await doStep(requestId, { kind: 'set-out' })
  })
  const go = usePress(() => doStep(requestId, { kind: 'set-out' }))
  return (
    <>
      <Foot>
        <Button id="set-out" busy={busy || go.busy} onClick={press}>
          {said.order.setOut}
        </Button>
      </Foot>
      {asking ? (
        <ConsentSheet
          onClose={() => {
            setAsking(false)
            go.press()
          }}
        />
      ) : null}
    </>
  )
}

/** Time and place of arrival; without a place where the telephone has none to give. */
function Arrive({ order }: { order: FieldOrder }) {
  const [holding, setHolding] = useState(false)
  const { busy, press } = usePress(async () => {
    const place = await here.now()
    if (place === null) succeed(said.order.placeFailed)
    await doStep(order.requestId, { kind: 'arrive', place })
  })
  return (
    <>
      <Foot>
        <Button kind="plain" id="hold" onClick={() => setHolding(true)}>
          {said.order.hold}
        </Button>
        <Button id="arrive" busy={busy} onClick={press}>
          {said.order.arrive}
        </Button>
      </Foot>
      {holding ? <HoldSheet requestId={order.requestId} onClose={() => setHolding(false)} /> : null}
    </>
  )
}

function Resume({ requestId }: { requestId: string }) {
  const { busy, press } = usePress(() => doStep(requestId, { kind: 'resume' }))
  return (
    <Foot>
      <Button id="resume" busy={busy} onClick={press}>
        {said.order.resume}
      </Button>
    </Foot>
  )
}

function OnSite({ order }: { order: FieldOrder }) {
  const [open, setOpen] = useState<'hold' | 'resolve' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Foot>
        <Button kind="plain" id="hold" onClick={() => setOpen('hold')}>
          {said.order.hold}
        </Button>
        <Button id="resolve" onClick={() => setOpen('resolve')}>
          {said.order.resolve}
        </Button>
      </Foot>
      {open === 'hold' ? <HoldSheet requestId={order.requestId} onClose={close} /> : null}
      {open === 'resolve' ? <ResolveSheet order={order} onClose={close} onDone={goBack} /> : null}
    </>
  )
}
