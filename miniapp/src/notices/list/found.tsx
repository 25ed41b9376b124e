import { View } from '@tarojs/components'
import { read } from '../../api/client'
import type { FoundPlace } from '../../api/types'
import { callHotline } from '../../parts/hotline'
import { NoticeCard } from '../../parts/notice-card'
import { useResource } from '../../state/resource'
import { Button, Card, Empty, Icon, KindBadge, Show } from '../../ui'
import { words } from '../../words'
import { OldAnswer } from '../old-answer'
import { said } from '../words'

/** What covers an address that somebody typed, and, as clearly, where nothing does. */
export function Found({ wanted }: { wanted: string }) {
  const { resource, retry } = useResource(wanted, () => read('notices.search', { q: wanted }))
  return (
    <Show resource={resource} bones={[160, 160]} onRetry={retry}>
      {({ places, stale, asOf }) =>
        places.length === 0 ? (
          <Empty icon="search" title={said.list.nowhere} text={said.list.nowhereText}>
            <Button small kind="plain" onClick={() => callHotline()}>
              {words.common.callHotline}
            </Button>
          </Empty>
        ) : (
          <>
            <OldAnswer stale={stale} asOf={asOf} onRetry={retry} />
            <View className="t-3 part-title">{said.list.found(places.length)}</View>
            {places.map((place) => (
              <Place key={place.areaId} place={place} />
            ))}
          </>
        )
      }
    </Show>
  )
}

const Place = ({ place }: { place: FoundPlace }) => (
  <View className="stack" id={`place-${place.areaId}`}>
    <Card className="between">
      <KindBadge kind={place.company.kind} />
      <View className="grow">
        <View className="t-title">{place.fullName}</View>
        <View className="t-3">{place.company.name}</View>
        {place.notices.length === 0 ? (
          <View className="notice-calm">
            <Icon name="check" />
            {said.list.calm}
          </View>
        ) : null}
      </View>
    </Card>
    {place.notices.map((notice) => (
      <NoticeCard key={notice.id} notice={notice} />
    ))}
  </View>
)
