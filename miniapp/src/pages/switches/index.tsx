import { View } from '@tarojs/components'
import { useState } from 'react'
import { read, write } from '../../api/client'
import { isWaiting } from '../../api/errors'
import type { MessageKind, Output } from '../../api/types'
import { messageTitle } from '../../by-code'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { useResource } from '../../state/resource'
import { Card, fail, Page, Row, Show, Toggle } from '../../ui'
import { Allowed } from './allowed'
import { Email } from './email'
import { said } from './words'

const bones = [420, 160] as const

/** Which kinds of messages are pushed, by which way; the inbox has all of them whatever is switched off. */
export default function SwitchesPage() {
  usePortalLoaded()
  return (
    <Page title={said.title}>
      <Gate bones={bones}>{() => <Switches />}</Gate>
    </Page>
  )
}

function Switches() {
  const { resource, reload, retry } = useResource('switches', () => read('messages.switches', {}), {
    cache: 'switches',
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(found) => (
        <>
          <Allowed />
          <Kinds found={found} onKept={() => void reload()} />
          {found.mayEmail || found.email !== null ? (
            <Email email={found.email} mayChange={found.mayEmail} onChanged={() => void reload()} />
          ) : null}
        </>
      )}
    </Show>
  )
}

function Kinds({ found, onKept }: { found: Output<'messages.switches'>; onKept(): void }) {
  // The switch moves under the finger; a refusal moves it back.
  const [moved, setMoved] = useState<Readonly<Record<string, boolean>>>({})
  const isOn = ({ template, on }: MessageKind): boolean => moved[template] ?? on
  const turn = (kind: MessageKind) => {
    const on = !isOn(kind)
    setMoved((before) => ({ ...before, [kind.template]: on }))
    // What the page opens with next time is asked for now.
    write('messages.setSwitch', { template: kind.template, on }).then(onKept, (error: unknown) => {
      // What waits for the network stays as it was set.
      if (!isWaiting(error)) setMoved((before) => ({ ...before, [kind.template]: !on }))
      fail(error)
    })
  }
  const may = found.kinds.filter(({ maySwitchOff }) => maySwitchOff)
  const always = found.kinds.filter(({ maySwitchOff }) => !maySwitchOff)
  return (
    <>
      <View className="t-2">{said.lead}</View>
      <Card list>
        {may.map((kind) => (
          <Row
            key={kind.template}
            id={`switch-${kind.template}`}
            title={messageTitle(kind.template, kind.title)}
            on={isOn(kind)}
            side={<Toggle on={isOn(kind)} />}
            arrow={false}
            onClick={() => turn(kind)}
          />
        ))}
      </Card>
      {always.length > 0 ? (
        <Card list>
          {always.map(({ template, title }) => (
            <Row
              key={template}
              title={messageTitle(template, title)}
              side={<View className="t-3">{said.always}</View>}
            />
          ))}
        </Card>
      ) : null}
    </>
  )
}
