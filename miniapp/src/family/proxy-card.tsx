import { View } from '@tarojs/components'
import { write } from '../api/client'
import type { Output } from '../api/types'
import { fullMoment } from '../format'
import { Button, Card, confirm, Fact, succeed, Tag, usePress } from '../ui'
import { said } from './words'

export type Proxy = Output<'family.listProxies'>['proxies'][number]

interface ProxyCardProps {
  proxy: Proxy
  mayEnd: boolean
  /** Whoever agreed may let it go on. */
  mayRenew?: boolean
  onChanged(): void
}

/** One person who acts for another: until when, what was done, and the way to end it at once. */
export function ProxyCard({ proxy, mayEnd, mayRenew = false, onChanged }: ProxyCardProps) {
  const end = usePress(async () => {
    if (!(await confirm(said.proxies.endAsk, said.proxies.endText, said.proxies.end))) return
    await write('family.endProxy', { proxyId: proxy.id })
    succeed(said.proxies.endDone)
    onChanged()
  })
  const renew = usePress(async () => {
    await write('family.renewProxy', { proxyId: proxy.id, months: 12 })
    succeed(said.proxies.renewed)
    onChanged()
  })
  const isActive = proxy.state === 'active'
  return (
    <Card className="stack" id={`proxy-${proxy.id}`}>
      <View className="between">
        <View className="t-title">
          {proxy.isAgent ? proxy.shortAddress : `${said.relations[proxy.relation]} ${proxy.agentName}`}
        </View>
        <Tag text={isActive ? said.proxies.active : said.proxies.ended} tone={isActive ? 'ok' : 'plain'} />
      </View>
      <View className="t-2">{`${proxy.companyName} · ${proxy.shortAddress}`}</View>
      <View className="t-3">
        {isActive
          ? said.proxies.until(fullMoment(proxy.until))
          : said.proxies.endedAt(fullMoment(proxy.endedAt ?? proxy.until))}
        {proxy.method === 'sms-code' ? ` · ${said.proxies.bySms}` : ''}
      </View>
      {proxy.agentPhoneMasked === null || proxy.isAgent ? null : (
        <Fact label={said.answer.phone} value={proxy.agentPhoneMasked} />
      )}
      <View className="t-2">{proxy.acts.length > 0 ? said.proxies.acts : said.proxies.noActs}</View>
      {proxy.acts.map((act) => (
        <View key={`${act.at}-${act.words}`}>{act.words}</View>
      ))}
      {isActive && mayRenew ? (
        <Button kind="soft" id={`renew-${proxy.id}`} busy={renew.busy} onClick={renew.press}>
          {said.proxies.renew}
        </Button>
      ) : null}
      {isActive && mayEnd ? (
        <Button kind="danger" id={`end-${proxy.id}`} busy={end.busy} onClick={end.press}>
          {said.proxies.end}
        </Button>
      ) : null}
    </Card>
  )
}
