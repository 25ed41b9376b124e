import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import type { Household, Usage } from '../../api/types'
import { AskChat } from '../../parts/ask-chat'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { WhyDiffers } from '../../parts/why-differs'
import { go } from '../../routes'
import { useResource } from '../../state/resource'
import { Button, Choices, Empty, KindBadge, Page, Show } from '../../ui'
import { words } from '../../words'
import { DaysCard } from '../days-card'
import { ExportButton } from '../export-button'
import { MonthsCard } from '../months-card'
import { AlertCard, PeersCard, ProjectionCard, SeasonsCard, TierCard } from '../part-cards'
import { said } from '../words'
import '../usage.scss'

const bones = [96, 420, 320, 220] as const

export default function UsagePage() {
  usePortalLoaded()
  return (
    <Page title={said.title}>
      <Gate bones={bones}>{() => <Content />}</Gate>
    </Page>
  )
}

function Content() {
  const { params } = useRouter()
  const [picked, setPicked] = useState(params['householdId'] ?? null)
  const { resource, retry } = useResource('households', () => read('households.list', {}), {
    cache: 'households',
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ households }) => {
        const chosen = households.find(({ id }) => id === picked) ?? households[0]
        if (!chosen)
          return (
            <Empty title={words.home.bindTitle} text={words.home.bindText}>
              <Button onClick={() => go('bind')}>{words.home.bindButton}</Button>
            </Empty>
          )
        return (
          <>
            <View className="t-head">{chosen.shortAddress}</View>
            {households.length > 1 ? (
              <Choices
                options={households.map((household) => ({
                  value: household.id,
                  label: labelOf(household, households),
                  lead: <KindBadge kind={household.kind} />,
                }))}
                value={chosen.id}
                onPick={setPicked}
              />
            ) : null}
            <Consumption key={chosen.id} household={chosen} />
          </>
        )
      }}
    </Show>
  )
}

function labelOf(household: Household, all: readonly Household[]): string {
  const alone = all.filter(({ kind }) => kind === household.kind).length === 1
  return alone ? words.kinds[household.kind] : `${words.kinds[household.kind]} ${household.shortAddress}`
}

function Consumption({ household }: { household: Household }) {
  const { resource, reload, retry } = useResource(
    household.id,
    () => read('usage.read', { householdId: household.id }),
    { cache: `usage.${household.id}`, onShow: true },
  )
  usePullDownRefresh(() => {
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(usage) => <Parts usage={usage} />}
    </Show>
  )
}

function Parts({ usage }: { usage: Usage }) {
  const newest = usage.months.at(-1) ?? usage.seasons.at(-1)
  if (newest === undefined) return <Empty icon="bill" title={said.empty} text={said.emptyText} />
  return (
    <>
      {usage.alert === null ? null : <AlertCard alert={usage.alert} />}
      {usage.months.length > 0 ? <MonthsCard usage={usage} /> : null}
      {usage.seasons.length > 0 ? <SeasonsCard usage={usage} /> : null}
      <WhyDiffers billId={newest.billId} />
      {usage.months.length > 0 ? (
        <>
          <ProjectionCard usage={usage} />
          <TierCard usage={usage} />
          {usage.days.length > 0 ? <DaysCard usage={usage} /> : null}
          {usage.daysNote === null ? null : <View className="t-3 center">{usage.daysNote}</View>}
          <PeersCard usage={usage} />
        </>
      ) : null}
      <ExportButton householdId={usage.householdId} />
      <AskChat
        companyId={usage.companyId}
        householdId={usage.householdId}
        about="bill"
        aboutId={newest.billId}
      />
    </>
  )
}
