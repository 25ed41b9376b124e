import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import { Gate } from '../../parts/gate'
import { go, replace } from '../../routes'
import { Button, Card, Line, Page, succeed, usePress } from '../../ui'
import { refresh } from '../store'
import { said } from '../words'

/** A worker's telephone and their staff account become one, by the code that the console shows. */
export default function BindPage() {
  return (
    <Page title={said.bind.title}>
      <Gate bones={[160, 120]}>{() => <BindForm />}</Gate>
    </Page>
  )
}

function BindForm() {
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    const text = code.trim().toUpperCase()
    if (!/^[0-9A-Z]{8}$/.test(text)) return setFault(said.bind.wrong)
    setFault(null)
    const { name, teamName } = await write('staff.bindWallet', { code: text })
    succeed(said.bind.done(name))
    // Who is in no team has no orders; their wallet gets reminders and tests.
    if (teamName === null) return go('me')
    await refresh()
    await replace('field')
  })
  return (
    <>
      <Card className="stack">
        <View className="t-head">{said.bind.lead}</View>
        <View className="t-2">{said.bind.text}</View>
      </Card>
      <Card list>
        <Line
          id="bind-code"
          label={said.bind.code}
          value={code}
          onInput={(value) => setCode(value.toUpperCase())}
          placeholder={said.bind.holder}
          maxLength={8}
          error={fault}
        />
      </Card>
      <Button id="bind-staff" busy={busy} onClick={press}>
        {said.bind.submit}
      </Button>
    </>
  )
}
