import { View } from '@tarojs/components'
import { callHotline } from '../../parts/hotline'
import { go } from '../../routes'
import { setElder } from '../../state/settings'
import { Card, Icon, type IconName } from '../../ui'
import { words } from '../../words'

/** What a tile may count. */
type Counted = 'messages' | 'chat'

interface Tile {
  icon: IconName
  name: keyof Omit<typeof words.tiles, 'hotline'>
  open(): void
  counts?: Counted
}

const tiles: readonly Tile[] = [
  { icon: 'repair', name: 'report', open: () => go('report') },
  { icon: 'clock', name: 'requests', open: () => go('requests') },
  { icon: 'notice', name: 'notices', open: () => go('notices') },
  { icon: 'records', name: 'records', open: () => go('records') },
  { icon: 'tariff', name: 'tariff', open: () => go('tariff') },
  { icon: 'chat', name: 'chat', open: () => go('chat'), counts: 'chat' },
  { icon: 'message', name: 'messages', open: () => go('messages'), counts: 'messages' },
  { icon: 'elder', name: 'elder', open: () => void setElder(true) },
]

/** A human by telephone, for everybody. */
export const CallUs = ({ hotline }: { hotline: string }) => (
  <View
    className="ask-chat t-2 num"
    id="call-us"
    role="button"
    hoverClass="row-pressed"
    onClick={callHotline}
  >
    <Icon name="phone" />
    {words.tiles.hotline(hotline)}
  </View>
)

/** Where somebody sits behind a desk. */
export const ToOutlets = () => (
  <View
    className="ask-chat t-2"
    id="home-outlets"
    role="button"
    hoverClass="row-pressed"
    onClick={() => go('outlets')}
  >
    <Icon name="place" />
    {words.me.outlets}
  </View>
)

/** The services that exist now; a human is one tap away. */
export const Tiles = ({ unread }: { unread: Readonly<Record<Counted, number>> }) => (
  <Card className="tiles">
    {tiles.map((tile) => (
      <View key={tile.name} className="tile" role="button" hoverClass="row-pressed" onClick={tile.open}>
        <View className="tile-icon">
          <Icon name={tile.icon} />
          {tile.counts && unread[tile.counts] > 0 ? (
            <View className="tile-count" id={tile.counts === 'chat' ? 'unread-chat' : 'unread-count'}>
              {words.messages.unreadCount(unread[tile.counts])}
            </View>
          ) : null}
        </View>
        <View>{words.tiles[tile.name]}</View>
      </View>
    ))}
  </Card>
)
