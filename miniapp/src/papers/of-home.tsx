import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { type ReactNode, useState } from 'react'
import { read } from '../api/client'
import type { Household } from '../api/types'
import { Gate, usePortalLoaded } from '../parts/gate'
import { go } from '../routes'
import { useResource } from '../state/resource'
import { Button, Choices, Empty, KindBadge, Page, Show } from '../ui'
import { words } from '../words'
import './papers.scss'

interface OfHomeProps {
  title: string
  bones: readonly number[]
  children: (household: Household) => ReactNode
}

/** A page about one of my households; `?householdId` names the first one. */
export function OfHome({ title, bones, children }: OfHomeProps) {
  usePortalLoaded()
  return (
    <Page title={title} className="papers">
      <Gate bones={bones}>{() => <Homes bones={bones}>{children}</Homes>}</Gate>
    </Page>
  )
}

function Homes({ bones, children }: Omit<OfHomeProps, 'title'>) {
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
                  label: `${words.kinds[household.kind]} ${household.shortAddress}`,
                  lead: <KindBadge kind={household.kind} />,
                }))}
                value={chosen.id}
                onPick={setPicked}
              />
            ) : null}
            {children(chosen)}
          </>
        )
      }}
    </Show>
  )
}
