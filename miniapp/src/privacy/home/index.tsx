import Taro, { usePullDownRefresh } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { fullMoment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { go } from '../../routes'
import { useResource } from '../../state/resource'
import { Card, Icon, Page, Row, Show } from '../../ui'
import { Consents } from '../consents'
import { Copies } from '../copies'
import { said } from '../words'

const bones = [300, 160, 96] as const

/** What I allowed, a copy of what is kept of me, and the way out. */
export default function MyPrivacyPage() {
  usePortalLoaded()
  const [refreshed, setRefreshed] = useState(0)
  usePullDownRefresh(() => {
    setRefreshed((times) => times + 1)
    Taro.stopPullDownRefresh()
  })
  return (
    <Page title={said.title}>
      <Gate bones={bones}>{() => <Mine key={refreshed} />}</Gate>
    </Page>
  )
}

function Mine() {
  const { resource, reload, retry } = useResource('my-privacy', () => read('privacy.readMine', {}), {
    onShow: true,
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(mine) => (
        <>
          <Consents purposes={mine.purposes} onChanged={() => void reload()} />
          <Copies mine={mine} reload={reload} />
          <Card list>
            <Row
              id="to-policy"
              lead={<Icon name="shield" />}
              title={said.policy}
              onClick={() => go('privacy')}
            />
            <Row
              id="to-leave"
              lead={<Icon name="alert" />}
              title={said.leave}
              note={mine.closure === null ? said.leaveText : said.leaving(fullMoment(mine.closure.dueAt))}
              onClick={() => go('leave')}
            />
          </Card>
        </>
      )}
    </Show>
  )
}
