import { View } from '@tarojs/components'
import { asOf } from '../format'
import { callHotline } from '../parts/hotline'
import { Photo } from '../platform/photo'
import { goToPage } from '../routes'
import { useLocalFile } from '../state/local-file'
import { useNow } from '../state/now'
import { Button, classes } from '../ui'
import type { Card } from './types'
import { said } from './words'

interface LiveCardProps {
  card: Card
  onArticle(articleId: string, title: string): void
}

/** Something of mine as it stands now; its button leads there, or calls. */
export function LiveCard({ card, onArticle }: LiveCardProps) {
  const nowMs = useNow()
  const { phone, page } = card
  const open = () => {
    if (card.type === 'article') return onArticle(card.id, card.title)
    if (phone !== null) return callHotline(phone)
    if (page !== null) goToPage(page)
  }
  const leads = card.type === 'article' || phone !== null || page !== null
  return (
    <View className={classes('live-card', card.gone && 'gone')} id={`card-${card.type}-${card.id}`}>
      <View className="between">
        {card.photoUrl === null ? null : <Face name={card.id} url={card.photoUrl} />}
        <View className="grow">
          <View className="t-title">{card.gone ? said.card.gone : card.title}</View>
          {card.line === '' ? null : <View className="live-line">{card.line}</View>}
        </View>
      </View>
      {card.lines.map(({ label, value }) => (
        <View key={label} className="t-3">{`${label} ${value}`}</View>
      ))}
      {card.asOf === null ? null : <View className="t-3">{asOf(card.asOf, nowMs)}</View>}
      {leads && !card.gone ? (
        <Button
          small
          id={`open-${card.type}-${card.id}`}
          kind={card.action === said.card.pay ? 'main' : 'soft'}
          onClick={open}
        >
          {phone === null ? (card.action ?? said.card.look) : `${card.action ?? ''} ${phone}`}
        </Button>
      ) : null}
    </View>
  )
}

function Face({ name, url }: { name: string; url: string }) {
  const { path } = useLocalFile(`face.${name}`, url)
  return path === null ? null : <Photo className="live-face" src={path} label="" />
}
