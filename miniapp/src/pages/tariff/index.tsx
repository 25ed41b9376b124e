import { View } from '@tarojs/components'
import { read } from '../../api/client'
import type { Company, Tariff } from '../../api/types'
import { calendarDay } from '../../format'
import { usePortalLoaded } from '../../parts/gate'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Card, Empty, Fact, KindBadge, Page, Show } from '../../ui'
import { words } from '../../words'

const bones = [420, 420] as const

/** Open to everyone: no consent, no login. */
export default function TariffPage() {
  const portal = usePortalLoaded()
  const { resource, retry } = useResource('tariffs', () => read('tariffs.list', {}), { cache: 'tariffs' })
  return (
    <Page title={words.tariff.title}>
      <Show resource={resource} bones={bones} onRetry={retry}>
        {({ tariffs }) =>
          tariffs.length === 0 ? (
            <Empty icon="tariff" title={words.tariff.empty} text={words.tariff.emptyText} />
          ) : (
            <>
              {tariffs.map((tariff) => (
                <TariffCard
                  key={`${tariff.companyId}-${tariff.title}`}
                  tariff={tariff}
                  company={portal?.companies.find((company) => company.id === tariff.companyId)}
                />
              ))}
            </>
          )
        }
      </Show>
    </Page>
  )
}

function TariffCard({ tariff, company }: { tariff: Tariff; company: Company | undefined }) {
  const nowMs = useNow()
  return (
    <Card>
      <View className="between">
        {company ? <KindBadge kind={company.kind} /> : null}
        <View className="grow">
          <View className="t-title">{tariff.title}</View>
          <View className="t-3">{words.tariff.validFrom(calendarDay(tariff.validFrom, nowMs))}</View>
        </View>
      </View>
      <View className="rule" />
      {tariff.rows.map((row) => (
        <Fact key={row.label} label={row.label} value={row.price} mono />
      ))}
      <Fact label={words.tariff.lateFee} value={tariff.lateFee} />
      <View className="rule" />
      <View className="t-3">{`${words.tariff.source(tariff.source)} · ${words.tariff.checked(calendarDay(tariff.checkedAt, nowMs))}`}</View>
    </Card>
  )
}
