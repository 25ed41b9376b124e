import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { pickHousehold, usePicked } from '../../state/picked'
import { useResource } from '../../state/resource'
import { Button, Card, Choices, Empty, KindBadge, Page, Row, Show } from '../../ui'
import { go } from '../../routes'
import { words } from '../../words'
import { BillList } from './bill-list'
import './index.scss'

const bones = [96, 160, 160, 160] as const

export default function BillsPage() {
  usePortalLoaded()
  return (
    <Page tab title={words.bills.title}>
      <Gate bones={bones}>{() => <Content />}</Gate>
    </Page>
  )
}

function Content() {
  const { resource, reload, retry } = useResource('households', () => read('households.list', {}), {
    cache: 'households',
    onShow: true,
  })
  const [refreshed, setRefreshed] = useState(0)
  const picked = usePicked((state) => state.householdId)
  usePullDownRefresh(() => {
    setRefreshed((times) => times + 1)
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ households }) => {
        const chosen = households.find((household) => household.id === picked) ?? households[0]
        if (!chosen) {
          return (
            <Empty title={words.home.bindTitle} text={words.home.bindText}>
              <Button onClick={() => go('bind')}>{words.home.bindButton}</Button>
            </Empty>
          )
        }
        const oneHome = households.every((household) => household.shortAddress === chosen.shortAddress)
        return (
          <>
            {oneHome ? <View className="t-head">{chosen.shortAddress}</View> : null}
            {households.length > 1 ? (
              <Choices
                options={households.map((household) => ({
                  value: household.id,
                  label: oneHome
                    ? words.kinds[household.kind]
                    : `${words.kinds[household.kind]} ${household.shortAddress}`,
                  lead: <KindBadge kind={household.kind} />,
                }))}
                value={chosen.id}
                onPick={pickHousehold}
              />
            ) : null}
            <Card list>
              <Row
                id="open-usage"
                title={words.usage.open}
                note={words.usage.openText}
                onClick={() => go('usage', { householdId: chosen.id })}
              />
              {chosen.kind === 'heating' ? (
                <Row
                  id="open-heat"
                  title={words.heat.open}
                  note={words.heat.openText}
                  onClick={() => go('heat', { householdId: chosen.id })}
                />
              ) : null}
            </Card>
            <BillList key={chosen.id} household={chosen} refreshed={refreshed} />
          </>
        )
      }}
    </Show>
  )
}
