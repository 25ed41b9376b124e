import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { write } from '../../api/client'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { CodeField } from '../../parts/code-field'
import { hasConsented, usePortal } from '../../state/portal'
import { keepMe, logInByCode } from '../../state/session'
import { Button, Card, Field, goBack, Page, succeed, usePress } from '../../ui'
import { words } from '../../words'

/** An SMS code as a way in (`login`), or to add a number to the account one is in (`?mode=link`). */
export default function LoginPage() {
  const { params } = useRouter()
  const portal = usePortalLoaded()
  const consent = usePortal((state) => state.consent)
  const link = params['mode'] === 'link'
  const allowed = portal !== null && hasConsented(portal, consent)
  return (
    <Page title={link ? words.login.linkTitle : words.login.title}>
      {link || !allowed ? (
        <Gate bones={[420]}>{() => <PhoneForm link={link} />}</Gate>
      ) : (
        <PhoneForm link={false} />
      )}
    </Page>
  )
}

function PhoneForm({ link }: { link: boolean }) {
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [shown, setShown] = useState(false)
  const phoneOk = /^1[3-9]\d{9}$/.test(phone)
  const codeOk = /^\d{6}$/.test(code)
  const { busy, press } = usePress(async () => {
    setShown(true)
    if (!phoneOk || !codeOk) return
    if (link) {
      keepMe(await write('residents.linkPhone', { provider: 'sms', phone, code }))
      succeed(words.login.linked)
    } else {
      await logInByCode(phone, code)
    }
    goBack()
  })
  return (
    <>
      <View className="t-head">{link ? words.login.linkLead : words.login.lead}</View>
      <View className="t-2">{words.login.leadText}</View>
      <Card list>
        <Field
          id="phone"
          label={words.login.phone}
          value={phone}
          onInput={setPhone}
          placeholder={words.login.phoneHolder}
          maxLength={11}
          error={shown && !phoneOk ? words.login.wrongPhone : null}
        />
        <CodeField
          id="code"
          value={code}
          onInput={setCode}
          error={shown && phoneOk && !codeOk ? words.bind.wrongCode : null}
          disabled={!phoneOk}
          send={() => write('sessions.sendCode', { phone })}
        />
      </Card>
      <Button id="log-in" busy={busy} onClick={press}>
        {link ? words.login.linkSubmit : words.login.submit}
      </Button>
    </>
  )
}
