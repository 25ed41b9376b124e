import { View } from '@tarojs/components'
import type { UtilityKind } from '../api/types'
import { classes } from './classes'

/** Names of design/icons.scss. */
export type IconName =
  | UtilityKind
  | 'bill'
  | 'records'
  | 'link'
  | 'tariff'
  | 'phone'
  | 'message'
  | 'elder'
  | 'language'
  | 'home'
  | 'person'
  | 'check'
  | 'right'
  | 'left'
  | 'down'
  | 'close'
  | 'clock'
  | 'alert'
  | 'offline'
  | 'scan'
  | 'shield'
  | 'exit'
  | 'image'
  | 'refresh'
  | 'empty'
  | 'trash'
  | 'repair'
  | 'voice'
  | 'video'
  | 'place'
  | 'plus'
  | 'star'
  | 'star-full'
  | 'play'
  | 'search'
  | 'bell'
  | 'notice'
  | 'share'
  | 'people'
  | 'chat'

/** A drawn icon in the colour of the text around it. It never stands alone for a meaning. */
export const Icon = ({ name, className }: { name: IconName; className?: string }) => (
  <View className={classes('icon', `icon-${name}`, className)} />
)

/** The mark of a utility: its icon on its own soft colour. */
export const KindBadge = ({ kind }: { kind: UtilityKind }) => (
  <View className={`badge ${kind}`}>
    <Icon name={kind} />
  </View>
)
