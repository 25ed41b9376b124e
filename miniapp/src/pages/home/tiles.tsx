import { View } from '@tarojs/components'
import { callHotline } from '../../parts/hotline'
import { go } from '../../routes'
import { setElder } from '../../state/settings'
import { Card, Icon, type IconName } from '../../ui'
import { words } from '../../words'

const tiles: readonly { icon: IconName; title: string; open(): void }[] = [
  { icon: 'repair', title: words.tiles.report, open: () => go('report') },
  { icon: 'clock', title: words.tiles.requests, open: () => go('requests') },
  { icon: 'records', title: words.tiles.records, open: () => go('records') },
  { icon: 'link', title: words.tiles.bind, open: () => go('bind') },
  { icon: 'tariff', title: words.tiles.tariff, open: () => go('tariff') },
  { icon: 'phone', title: words.tiles.hotline, open: () => callHotline() },
  { icon: 'message', title: words.tiles.messages, open: () => go('messages') },
  { icon: 'elder', title: words.tiles.elder, open: () => void setElder(true) },
]

/** The services that exist now; a human is one tap away. */
export const Tiles = () => (
  <Card className="tiles">
    {tiles.map((tile) => (
      <View key={tile.title} className="tile" role="button" hoverClass="row-pressed" onClick={tile.open}>
        <View className="tile-icon">
          <Icon name={tile.icon} />
        </View>
        <View>{tile.title}</View>
      </View>
    ))}
  </Card>
)
