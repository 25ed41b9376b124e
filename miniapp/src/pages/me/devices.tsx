import { View } from '@tarojs/components'
import { useState } from 'react'
import { read, write } from '../../api/client'
import type { Output } from '../../api/types'
import { moment } from '../../format'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import {
  Bones,
  Button,
  Card,
  confirm,
  Fact,
  Failed,
  Icon,
  Row,
  Sheet,
  succeed,
  Tag,
  usePress,
} from '../../ui'
import { words } from '../../words'

type Device = Output<'sessions.list'>['items'][number]
const nameOf = (device: Device): string => device.openedOn ?? words.me.deviceNames[device.channel]

/** Where this account is signed in, and a way to end each of them. Asked only when somebody wants to see it. */
export function Devices() {
  const [open, setOpen] = useState(false)
  return (
    <Card list>
      <Row
        id="devices"
        lead={<Icon name="shield" />}
        title={words.me.devices}
        note={words.me.devicesText}
        onClick={() => setOpen(true)}
      />
      {open ? <Sessions onClose={() => setOpen(false)} /> : null}
    </Card>
  )
}

function Sessions({ onClose }: { onClose(): void }) {
  const { resource, reload, retry } = useResource('sessions', () => read('sessions.list', {}))
  return (
    <Sheet title={words.me.devices} onClose={onClose}>
      <View className="stack">
        {resource.state === 'ready' || resource.state === 'stale' ? (
          <>
            {resource.data.items.map((device) => (
              <Session key={device.id} device={device} onEnded={reload} />
            ))}
            {resource.data.items.length > 1 ? null : <View className="t-2">{words.me.devicesNone}</View>}
          </>
        ) : resource.state === 'loading' ? (
          <Bones heights={[160, 160]} />
        ) : (
          <Failed message={resource.message} onRetry={retry} />
        )}
        <Button kind="plain" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </View>
    </Sheet>
  )
}

function Session({ device, onEnded }: { device: Device; onEnded(): Promise<void> }) {
  const nowMs = useNow()
  const name = nameOf(device)
  const end = usePress(async () => {
    if (!(await confirm(words.me.deviceEndTitle(name), words.me.deviceEndText, words.me.deviceEnd))) return
    await write('sessions.endOne', { sessionId: device.id })
    succeed(words.me.deviceEnded)
    await onEnded()
  })
  return (
    <View>
      <Fact
        label={name}
        value={
          device.isThis ? (
            <Tag text={words.me.deviceHere} tone="ok" />
          ) : (
            words.me.deviceSeen(moment(device.lastSeenAt, nowMs))
          )
        }
      />
      {device.isThis ? null : (
        <Button small kind="soft" id={`end-${device.channel}`} busy={end.busy} onClick={end.press}>
          {words.me.deviceEnd}
        </Button>
      )}
    </View>
  )
}
