import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh } from '@tarojs/taro'
import { useState } from 'react'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { callHotline } from '../../parts/hotline'
import { go } from '../../routes'
import { setElder, setLanguage, setLargest, useSettings } from '../../state/settings'
import { useChatUnread } from '../../state/chat-unread'
import { useUnread } from '../../state/unread'
import { Card, Icon, Page, Row, Tag, Toggle } from '../../ui'
import { words } from '../../words'
import { Account } from './account'
import { Devices } from './devices'
import { Households } from './households'
import { SignOut } from './sign-out'
import './index.scss'

const bones = [120, 300, 160] as const

export default function MePage() {
  const portal = usePortalLoaded()
  const [refreshed, setRefreshed] = useState(0)
  const unread = useUnread()
  const chatUnread = useChatUnread()
  usePullDownRefresh(() => {
    setRefreshed((times) => times + 1)
    Taro.stopPullDownRefresh()
  })
  return (
    <Page tab cols title={words.me.title}>
      <Gate bones={bones}>
        {() => (
          <>
            <Account />
            <Households refreshed={refreshed} />
            <Devices />
            <Card list>
              <Row
                id="my-chats"
                lead={<Icon name="chat" />}
                title={words.me.chat}
                side={chatUnread > 0 ? <Tag text={words.me.unread(chatUnread)} tone="accent" /> : null}
                onClick={() => go('chats')}
              />
              <Row lead={<Icon name="repair" />} title={words.me.requests} onClick={() => go('requests')} />
              <Papers />
              <Row
                lead={<Icon name="message" />}
                title={words.me.messages}
                side={unread > 0 ? <Tag text={words.me.unread(unread)} tone="accent" /> : null}
                onClick={() => go('messages')}
              />
              <Row
                id="message-settings"
                lead={<Icon name="bell" />}
                title={words.messages.settings}
                note={words.messages.settingsText}
                onClick={() => go('messageSettings')}
              />
              <Row
                id="to-my-privacy"
                lead={<Icon name="shield" />}
                title={words.me.myPrivacy}
                note={words.me.myPrivacyText}
                onClick={() => go('myPrivacy')}
              />
            </Card>
          </>
        )}
      </Gate>
      <Settings hotline={portal?.hotline ?? ''} />
      <SignOut />
    </Page>
  )
}

/** What was paid, and everything on paper that comes of it. */
function Papers() {
  return (
    <>
      <Row lead={<Icon name="records" />} title={words.me.records} onClick={() => go('records')} />
      <Row
        id="my-statement"
        lead={<Icon name="bill" />}
        title={words.papers.statement}
        onClick={() => go('statement')}
      />
      <Row
        id="my-report"
        lead={<Icon name="tariff" />}
        title={words.papers.report}
        onClick={() => go('paymentReport')}
      />
      <Row
        id="my-invoices"
        lead={<Icon name="bill" />}
        title={words.me.invoices}
        onClick={() => go('invoices')}
      />
    </>
  )
}

/** Open to everyone, signed in or not. */
function Settings({ hotline }: { hotline: string }) {
  const elder = useSettings((settings) => settings.elder)
  const largest = useSettings((settings) => settings.largest)
  return (
    <Card list>
      <Row
        id="elder-switch"
        lead={<Icon name="elder" />}
        title={words.me.elder}
        note={words.me.elderText}
        on={elder}
        side={<Toggle on={elder} />}
        arrow={false}
        onClick={() => void setElder(!elder)}
      />
      {elder ? (
        <Row
          id="largest-switch"
          title={words.me.largest}
          on={largest}
          side={<Toggle on={largest} />}
          arrow={false}
          onClick={() => setLargest(!largest)}
        />
      ) : null}
      <LanguageRow />
      <Row id="to-help" lead={<Icon name="search" />} title={words.me.help} onClick={() => go('help')} />
      <Row lead={<Icon name="notice" />} title={words.me.notices} onClick={() => go('notices')} />
      <Row lead={<Icon name="tariff" />} title={words.me.tariff} onClick={() => go('tariff')} />
      <Row
        id="to-outlets"
        lead={<Icon name="place" />}
        title={words.me.outlets}
        note={words.me.outletsText}
        onClick={() => go('outlets')}
      />
      <Row lead={<Icon name="shield" />} title={words.me.privacy} onClick={() => go('privacy')} />
      <Row
        id="to-field"
        lead={<Icon name="repair" />}
        title={words.me.staff}
        note={words.me.staffText}
        onClick={() => go('field')}
      />
      <Row
        lead={<Icon name="phone" />}
        title={words.me.hotline}
        side={<View className="t-2 num">{hotline}</View>}
        onClick={() => callHotline()}
      />
    </Card>
  )
}

/** Named in the other language, for whoever cannot read this one. */
function LanguageRow() {
  const language = useSettings((settings) => settings.language)
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Row
      id="language-switch"
      lead={<Icon name="language" />}
      title={words.languages[other]}
      note={words.languages[language]}
      onClick={() => setLanguage(other)}
    />
  )
}
