import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { moment } from '../format'
import { callHotline } from '../parts/hotline'
import { useNow } from '../state/now'
import type { Resource } from '../state/resource'
import { words } from '../words'
import { Button } from './button'
import { Icon, type IconName } from './icon'

/** Grey shapes of the size of what is coming. Heights in design pixels, 750 wide. */
export const Bones = ({ heights }: { heights: readonly number[] }) => (
  <View className="stack">
    {heights.map((height, index) => (
      <View key={`${index}-${height}`} className={`bone bone-${height}`} />
    ))}
  </View>
)

interface StateProps {
  icon: IconName
  title: string
  text: string
  children?: ReactNode
}
const State = ({ icon, title, text, children }: StateProps) => (
  <View className="state">
    <View className="state-icon">
      <Icon name={icon} />
    </View>
    <View className="t-title">{title}</View>
    <View className="t-2">{text}</View>
    {children ? <View className="state-buttons">{children}</View> : null}
  </View>
)

/** What will be here and how it comes about. */
export const Empty = ({ icon = 'empty', ...rest }: Omit<StateProps, 'icon'> & { icon?: IconName }) => (
  <State icon={icon} {...rest} />
)

/** What happened, a retry, and a human. */
export const Failed = ({
  message,
  offline,
  onRetry,
}: {
  message: string
  offline?: boolean
  onRetry(): void
}) => (
  <State icon={offline ? 'offline' : 'alert'} title={words.common.failedTitle} text={message}>
    <Button small onClick={onRetry} id="retry">
      {words.common.retry}
    </Button>
    <Button small kind="plain" onClick={callHotline}>
      {words.common.callHotline}
    </Button>
  </State>
)

interface ShowProps<T> {
  resource: Resource<T>
  bones: readonly number[]
  onRetry(): void
  children: (data: T) => ReactNode
}

interface StaleProps {
  savedAt: number
  /** Whether the network is why; otherwise our own system is. */
  offline: boolean
  /** The newest is on its way. */
  refreshing?: boolean | undefined
  onRetry(): void
}

/** What follows is from earlier, and from when. A tap asks again. */
export function StaleBanner({ savedAt, offline, refreshing, onRetry }: StaleProps) {
  const nowMs = useNow()
  const when = moment(savedAt, nowMs)
  if (refreshing) {
    return (
      <View className="t-3 center" id="refreshing">
        {words.common.refreshing(when)}
      </View>
    )
  }
  return (
    <View className="banner" id="offline-banner" role="button" onClick={onRetry}>
      <Icon name={offline ? 'offline' : 'alert'} />
      <View className="grow">{offline ? words.common.offlineShown(when) : words.common.downShown(when)}</View>
    </View>
  )
}

/** The four states of anything fetched: its bones, itself, itself from earlier, or why it is not there. */
export function Show<T>({ resource, bones, onRetry, children }: ShowProps<T>) {
  if (resource.state === 'loading') return <Bones heights={bones} />
  if (resource.state === 'failed') {
    return <Failed message={resource.message} offline={resource.offline} onRetry={onRetry} />
  }
  return (
    <>
      {resource.state === 'stale' ? <StaleBanner {...resource} onRetry={onRetry} /> : null}
      {children(resource.data)}
    </>
  )
}
