import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { usePortalLoaded } from '../../parts/gate'
import { useResource } from '../../state/resource'
import { Card, Choices, Empty, Page, Show } from '../../ui'
import { said } from './words'
import { CalculatorCard } from './calculator'
import { ComingCard, EarlierCard, PriceList } from './price-list'
import './index.scss'

const bones = [420, 420] as const

/** Open to everyone: no consent, no login. One company at a time, with a trial of what a use would cost. */
export default function TariffPage() {
  const { params } = useRouter()
  const portal = usePortalLoaded()
  const [picked, setPicked] = useState<string | null>(params['companyId'] ?? null)
  const { resource, retry } = useResource('tariffs', () => read('tariffs.list', {}), { cache: 'tariffs' })
  const companyOf = (id: string) => portal?.companies.find((company) => company.id === id)
  return (
    <Page title={said.title}>
      <Show resource={resource} bones={bones} onRetry={retry}>
        {({ tariffs }) => {
          const shown = tariffs.find(({ companyId }) => companyId === picked) ?? tariffs[0]
          if (shown === undefined) return <Empty icon="tariff" title={said.empty} text={said.emptyText} />
          return (
            <>
              {tariffs.length > 1 ? (
                <Card>
                  <Choices
                    options={tariffs.map(({ companyId, title }) => ({
                      value: companyId,
                      label: companyOf(companyId)?.name ?? title,
                    }))}
                    value={shown.companyId}
                    onPick={setPicked}
                  />
                </Card>
              ) : null}
              {shown.coming === null ? null : <ComingCard coming={shown.coming} />}
              <PriceList tariff={shown} company={companyOf(shown.companyId)} />
              <CalculatorCard
                key={shown.companyId}
                tariff={shown}
                colour={companyOf(shown.companyId)?.brandColour}
              />
              <EarlierCard earlier={shown.earlier} />
            </>
          )
        }}
      </Show>
    </Page>
  )
}
