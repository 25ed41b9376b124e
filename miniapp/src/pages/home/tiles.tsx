import { View } from '@tarojs/components'
import { callHotline } from '../../parts/hotline'
import { go } from '../../routes'
import { setElder } from '../../state/settings'
import { Card, Icon, type IconName } from '../../ui'
import { words } from '../../words'

interface Tile {
  icon: IconName
  title: string
  open(): void
  counts?: boolean
}

const tiles: readonly Tile[] = [
  { icon: 'repair', title: words.tiles.report, open: () => go('report') },
  { icon: 'clock', title: words.tiles.requests, open: () => go('requests') },
  { icon: 'notice', title: words.tiles.notices, open: () => go('notices') },
  { icon: 'records', title: words.tiles.records, open: () => go('records') },
  { icon: 'tariff', title: words.tiles.tariff, open: () => go('tariff') },
  { icon: 'phone', title: words.tiles.hotline, open: () => callHotline() },
  { icon: 'message', title: words.tiles.messages, open: () => go('messages'), counts: true },
  { icon: 'elder', title: words.tiles.elder, open: () => void setElder(true) },
]

/** The services that exist now; a human is one tap away. */
export const Tiles = ({ unread }: { unread: number }) => (
  <Card className="tiles">
    {tiles.map((tile) => (
      <View key={tile.title} className="tile" role="button" hoverClass="row-pressed" onClick={tile.open}>
        <View className="tile-icon">
          <Icon name={tile.icon} />
          {tile.counts && unread > 0 ? (
            <View className="tile-count" id="unread-count">
              {words.messages.unreadCount(unread)}
            </View>
          ) : null}
        </View>
        <View>{tile.title}</View>
      </View>
    ))}
  </Card>
)
