import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { read } from '../../api/client'
import { HouseMark } from '../../parts/company-mark'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { HomePicker } from '../../parts/home-picker'
import { OwedRows } from '../../parts/owed-rows'
import { load, save } from '../../platform/storage'
import { useHouse } from '../../state/house'
import { loadMe } from '../../state/session'
import { followElder, useSettings } from '../../state/settings'
import { useResource } from '../../state/resource'
import { useChatUnread } from '../../state/chat-unread'
import { useUnread } from '../../state/unread'
import { summarize } from '../../status'
import { Page, Show } from '../../ui'
import { words } from '../../words'
import { BindFirst } from './bind-first'
import { ElderCard, ElderTiles } from './elder'
import { Hero } from './hero'
import { NoticeNews } from './notice-banner'
import { OpenRequest } from './open-request'
import { ReadingNews } from './reading-banner'
import { CallUs, Tiles, ToOutlets } from './tiles'
import './index.scss'

const bones = [64, 220, 300] as const

export default function HomePage() {
  const portal = usePortalLoaded()
  const house = useHouse()
  const elder = useSettings((settings) => settings.elder)
  const unread = useUnread()
  const chatUnread = useChatUnread()
  return (
    <Page
      tab
      hasCall={elder}
      title={elder ? `${house.name} · ${words.home.elderTitle}` : house.name}
      brand={house.colour}
    >
      <HouseMark />
      <Gate bones={bones}>{() => <Mine elder={elder} />}</Gate>
      {elder ? (
        <ElderTiles unread={unread} chatUnread={chatUnread} />
      ) : (
        <>
          <Tiles unread={{ messages: unread, chat: chatUnread }} />
          {portal ? <CallUs hotline={portal.hotline} /> : null}
          <ToOutlets />
        </>
      )}
      {portal?.demo ? <View className="t-3 center">{words.home.demo}</View> : null}
    </Page>
  )
}

/** The resident's own part: which home, what is owed, by whom it is asked. */
function Mine({ elder }: { elder: boolean }) {
  const { resource, reload, retry } = useResource('owed', () => read('bills.owed', {}), {
    cache: 'owed',
    onShow: true,
  })
  const [home, setHome] = useState<string | null>(() => load<string>('home'))
  usePullDownRefresh(() => {
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
  useEffect(() => {
    loadMe().then(
      (me) => followElder(me.elderMode),
      () => {
        // The page stands without it; the next show asks again.
      },
    )
  }, [])
  const pick = (address: string | null) => {
    save('home', address ?? '')
    setHome(address)
  }
  // Whatever happens to the sums, an outage is told.
  const failed = resource.state === 'failed'
  return (
    <>
      {failed ? <NoticeNews /> : null}
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(owed) => {
          if (owed.groups.length === 0) {
            return (
              <>
                <NoticeNews />
                <OpenRequest />
                <BindFirst />
              </>
            )
          }
          const homes = [...new Set(owed.groups.map((group) => group.shortAddress))]
          const chosen =
            homes.length === 1 ? (homes[0] ?? null) : home !== null && homes.includes(home) ? home : null
          const summary = summarize(owed, chosen)
          return (
            <>
              <HomePicker homes={homes} chosen={chosen} count={summary.groups.length} onPick={pick} />
              <NoticeNews />
              {elder ? <ElderCard summary={summary} /> : <Hero summary={summary} />}
              <ReadingNews />
              <OpenRequest />
              {elder ? null : <OwedRows groups={summary.groups} />}
            </>
          )
        }}
      </Show>
    </>
  )
}
