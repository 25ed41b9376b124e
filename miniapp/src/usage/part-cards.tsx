import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { Usage } from '../api/types'
import { money, period } from '../format'
import { go } from '../routes'
import { tierParts } from '../status'
import { Button, Card, classes, Fact, Icon, Row } from '../ui'
import { grouped, roughYuan, withUnit } from './figures'
import { said } from './words'

/** A title with a figure below, or with the words why there is none. */
function Part({ title, reason, children }: { title: string; reason: string | null; children?: ReactNode }) {
  return (
    <Card className="stack">
      <View className="t-title">{title}</View>
      {reason === null ? children : <View className="t-2">{reason}</View>}
    </Card>
  )
}

/** How far into the tiers this cycle is. The words say the same as the bar. */
export function TierCard({ usage }: { usage: Usage }) {
  const { value, reason } = usage.tier
  if (value === null) return <Part title={said.tier} reason={reason} />
  const { unit } = usage
  return (
    <Part title={said.tier} reason={null}>
      <View className="usage-tiers">
        {tierParts(value.used, value.bounds, value.current).map((part, index) => (
          <View key={`tier-${index + 1}`} className="usage-tier" style={{ width: `${part.widthPercent}%` }}>
            <View
              className={classes('usage-tier-fill', part.current && 'now')}
              style={{ width: `${part.filledPercent}%` }}
            />
          </View>
        ))}
      </View>
      <View id="usage-tier">{said.tierNow(value.current, value.price, unit)}</View>
      <View className="t-2">{said.tierUsed[value.every](withUnit(value.used, unit))}</View>
      <View className="t-2">
        {value.left === null || value.nextPrice === null
          ? said.tierLast
          : said.tierLeft(withUnit(value.left, unit), value.nextPrice, unit)}
      </View>
      <View className="t-3">{value.span}</View>
      <Row lead={<Icon name="tariff" />} title={said.prices} onClick={() => go('tariff')} />
    </Part>
  )
}

/** What the next bill may be: a range with its reckoning, never a promise. */
export function ProjectionCard({ usage }: { usage: Usage }) {
  const { value, reason } = usage.projection
  if (value === null) return <Part title={said.projectionTitle} reason={reason} />
  const [low, high] = [roughYuan(value.lowFen), roughYuan(value.highFen)]
  return (
    <Part title={said.projection(period(value.period))} reason={null}>
      <View className="usage-figure num" id="usage-projection">
        {low === high ? said.projectionOne(low) : said.projectionRange(low, high)}
      </View>
      <View className="t-2">
        {said.projectionUse(grouped(value.lowQuantity), grouped(value.highQuantity), usage.unit)}
      </View>
      <View className="t-3">{value.method}</View>
      <View className="t-3">{said.projectionNote}</View>
    </Part>
  )
}

/** A consent of its own: what it says, and the two equal answers, stand on the page of consents. */
const AskComparison = () => (
  <Card className="stack" id="usage-peers">
    <View className="t-title">{said.peers}</View>
    <View>{said.peersAsk}</View>
    <Button kind="soft" id="allow-peers" onClick={() => go('myPrivacy')}>
      {said.peersAllow}
    </Button>
  </Card>
)

/** The median of the neighbours beside one's own. */
export function PeersCard({ usage }: { usage: Usage }) {
  const { value, reason } = usage.peers
  if (!usage.mayCompare) return <AskComparison />
  if (value === null) return <Part title={said.peers} reason={reason} />
  const most = Math.max(Number(value.own), Number(value.median), 1)
  const line = (label: string, quantity: string, className: string) => (
    <View className="usage-line">
      <View className="between">
        <View className="t-2">{label}</View>
        <View className="num">{withUnit(quantity, usage.unit)}</View>
      </View>
      <View className="usage-rail">
        <View className={className} style={{ width: `${Math.round((Number(quantity) * 100) / most)}%` }} />
      </View>
    </View>
  )
  return (
    <Part title={said.peers} reason={null}>
      <View id="usage-peers">{value.words}</View>
      {line(said.own, value.own, 'usage-rail-fill')}
      {line(said.median, value.median, 'usage-rail-fill beside')}
      <View className="t-3">{said.peersNote}</View>
    </Part>
  )
}

/** A bill that will be high: why we say so, and what can be looked at first. */
export function AlertCard({ alert }: { alert: NonNullable<Usage['alert']> }) {
  const { article } = alert
  return (
    <Card className="stack usage-alert" id="usage-alert">
      <View className="between">
        <Icon name="alert" />
        <View className="grow t-title">{said.alert}</View>
      </View>
      {alert.why.map((sentence) => (
        <View key={sentence}>{sentence}</View>
      ))}
      <View className="t-title">{said.alertTodo}</View>
      {alert.todo.map((step, index) => (
        <View key={step}>{`${index + 1}. ${step}`}</View>
      ))}
      {article === null ? null : (
        <Row
          lead={<Icon name="search" />}
          title={article.title}
          note={said.alertArticle}
          onClick={() => go('article', { articleId: article.id })}
        />
      )}
      <Row lead={<Icon name="bell" />} title={said.alertOff} onClick={() => go('messageSettings')} />
    </Card>
  )
}

/** Heat is paid by area: what each season cost, and a square metre of it. */
export function SeasonsCard({ usage }: { usage: Usage }) {
  return (
    <Card className="stack">
      <View className="t-title">{said.seasons}</View>
      <View className="t-2">{said.seasonsText}</View>
      {usage.seasons.toReversed().map((season) => (
        <View key={season.period} className="usage-season" id={`season-${season.period}`}>
          <View className="between">
            <View>{period(season.period)}</View>
            <View className="num">{money(season.amountFen)}</View>
          </View>
          <Fact label={said.area} value={withUnit(season.area, usage.unit)} mono />
          <Fact
            label={said.perArea(usage.unit)}
            value={season.perAreaFen === null ? said.unknown : money(season.perAreaFen)}
            mono
          />
          <View className="t-3">{season.supplyState}</View>
        </View>
      ))}
    </Card>
  )
}
