import { View } from '@tarojs/components'
import type { RequestView } from '../../api/types'
import { go } from '../../routes'
import { Card } from '../../ui'
import { Stars } from '../../parts/stars'
import { said } from '../words'

/** One tap on a star begins the rating. */
export function RateCard({ request }: { request: RequestView }) {
  if (!request.may.includes('rate')) return null
  return (
    <Card className="stack" id="rate-card">
      <View className="t-title">{said.rate.ask}</View>
      <Stars value={0} onPick={(stars) => go('rate', { id: request.id, stars: String(stars) })} />
    </Card>
  )
}
