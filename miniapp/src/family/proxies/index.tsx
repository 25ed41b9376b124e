import { View } from '@tarojs/components'
import { useState } from 'react'
import { read } from '../../api/client'
import { moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Button, Card, Empty, Page, Row, Show } from '../../ui'
import { type Proxy, ProxyCard } from '../proxy-card'
import { said } from '../words'
import { Ask } from './ask'

const bones = [300, 300] as const

/** Who acts for me, for whom I act, and how to ask for it. */
export default function ProxiesPage() {
  usePortalLoaded()
  return (
    <Page title={said.proxies.title}>
      <Gate bones={bones}>{() => <Content />}</Gate>
    </Page>
  )
}

function Content() {
  const nowMs = useNow()
  const [asking, setAsking] = useState(false)
  const { resource, reload, retry } = useResource('proxies', () => read('family.listProxies', {}), {
    cache: 'proxies',
    onShow: true,
  })
  const changed = () => {
    setAsking(false)
    void reload()
  }
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ proxies, asked }) => (
        <>
          {proxies.length === 0 ? <Empty title={said.proxies.none} text={said.proxies.noneText} /> : null}
          <Group
            title={said.proxies.forMe}
            proxies={proxies.filter(({ isAgent }) => !isAgent)}
            onChanged={changed}
          />
          <Group
            title={said.proxies.byMe}
            proxies={proxies.filter(({ isAgent }) => isAgent)}
            onChanged={changed}
          />
          {asked.length > 0 ? (
            <>
              <View className="t-title part-title">{said.proxies.waiting}</View>
              <Card list>
                {asked.map(({ id, months, expiresAt }) => (
                  <Row
                    key={id}
                    title={said.ask.month(months)}
                    note={said.proxies.waitingUntil(moment(expiresAt, nowMs))}
                  />
                ))}
              </Card>
            </>
          ) : null}
          {asking ? (
            <Ask onDone={changed} />
          ) : (
            <Button id="ask-proxy" onClick={() => setAsking(true)}>
              {said.proxies.ask}
            </Button>
          )}
        </>
      )}
    </Show>
  )
}

function Group({ title, proxies, onChanged }: { title: string; proxies: Proxy[]; onChanged(): void }) {
  if (proxies.length === 0) return null
  return (
    <>
      <View className="t-title part-title">{title}</View>
      {proxies.map((proxy) => (
        <ProxyCard key={proxy.id} proxy={proxy} mayEnd mayRenew={!proxy.isAgent} onChanged={onChanged} />
      ))}
    </>
  )
}
