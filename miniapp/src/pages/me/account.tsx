import { View } from '@tarojs/components'
import { useEffect } from 'react'
import { write } from '../../api/client'
import type { PhoneProof } from '../../api/types'
import { PhoneButton } from '../../platform/phone-button'
import { go } from '../../routes'
import { keepMe, loadMe, useSession } from '../../state/session'
import { Card, fail, Icon, succeed } from '../../ui'
import { words } from '../../words'

async function linkPhone(proof: PhoneProof): Promise<void> {
  keepMe(await write('residents.linkPhone', proof))
  succeed(words.login.linked)
}

/** Who is signed in, by the masked phone number; without one, the wallet's button to add it. */
export function Account() {
  const me = useSession((session) => session.me)
  useEffect(() => {
    loadMe().catch(() => {
      // What was known of the resident stays on the screen.
    })
  }, [])
  const link = (proof: PhoneProof) => {
    linkPhone(proof).catch(fail)
  }
  return (
    <Card className="between">
      <View className="badge account-badge">
        <Icon name="person" />
      </View>
      <View className="grow">
        <View className="t-title num">{me?.phoneMasked ?? words.me.resident}</View>
        {me && me.phoneMasked === null ? <View className="t-3">{words.me.noPhone}</View> : null}
      </View>
      {me && me.phoneMasked === null ? (
        <PhoneButton
          className="btn soft small"
          onProof={link}
          onFallback={() => go('login', { mode: 'link' })}
        >
          {words.me.linkPhone}
        </PhoneButton>
      ) : null}
    </Card>
  )
}
