import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import { Button, Card, Choices, confirm, fail, Icon, Row, succeed, Toggle, usePress } from '../../ui'
import { ConsentSheet } from '../consent-sheet'
import { forgetDay, refresh, setLocationConsent, setPresence, useField } from '../store'
import type { Presence, Today } from '../types'
import { useSharing } from '../use-day'
import { said } from '../words'

const presences: readonly Presence[] = ['online', 'away', 'offline']

/** Who is at work, whether they take orders now, and what they agreed to. */
export function Worker({ worker }: { worker: Today['worker'] }) {
  const sharing = useSharing()
  const [asking, setAsking] = useState(false)
  const agreed = worker.locationConsent
  const turn = () => {
    if (agreed) setLocationConsent(false).catch(fail)
    else setAsking(true)
  }
  return (
    <Card className="stack">
      <View>
        <View className="t-title">{worker.name}</View>
        <View className="t-3">{worker.teamName ?? ''}</View>
      </View>
      <Choices
        options={presences.map((value) => ({ value, label: said.today.presence[value] }))}
        value={worker.presence}
        onPick={(presence) => {
          setPresence(presence).catch(fail)
        }}
      />
      <Row
        id="location-consent"
        title={said.today.location}
        note={said.today.locationOn}
        on={agreed}
        side={<Toggle on={agreed} />}
        arrow={false}
        onClick={turn}
      />
      {sharing ? (
        <View className="sharing" id="sharing">
          <Icon name="place" />
          {said.today.sending}
        </View>
      ) : null}
      {asking ? <ConsentSheet onClose={() => setAsking(false)} /> : null}
    </Card>
  )
}

/** Takes this telephone off the staff account, once nothing waits to be sent. */
export function Unbind() {
  const pending = useField((state) => state.outbox.waiting.length)
  const { busy, press } = usePress(async () => {
    if (!(await confirm(said.bind.unbind, said.bind.unbindText, said.bind.unbind))) return
    await write('staff.unbindWallet', {})
    forgetDay()
    succeed(said.bind.unbound)
    await refresh()
  })
  if (pending > 0) return null
  return (
    <Button small kind="plain" id="unbind-staff" busy={busy} onClick={press}>
      {said.bind.unbind}
    </Button>
  )
}
