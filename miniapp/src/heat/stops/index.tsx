import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { read, write } from '../../api/client'
import { money } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { replace } from '../../routes'
import { useResource } from '../../state/resource'
import { Button, Card, Empty, Fact, Page, Show, succeed, usePress } from '../../ui'
import { Calculation } from '../calculation'
import { Outages } from '../outages'
import type { StopPlan } from '../types'
import { said } from '../words'
import '../heat.scss'

const bones = [180, 260] as const

/** What outages longer than the rule give back, with its calculation, and the application for it. `?householdId` */
export default function StopsPage() {
  const { params } = useRouter()
  const householdId = params['householdId'] ?? ''
  usePortalLoaded()
  return (
    <Page title={said.stops.title}>
      <Gate bones={bones}>{() => <Planned key={householdId} householdId={householdId} />}</Gate>
    </Page>
  )
}

function Planned({ householdId }: { householdId: string }) {
  const { resource, retry } = useResource(
    householdId,
    () => read('heating.planStopRefund', { householdId }),
    {
      onShow: true,
    },
  )
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ calculation, shortAddress }) =>
        calculation === null ? (
          <Empty title={said.stops.none} text={said.stops.noneText} />
        ) : (
          <>
            <Outages stops={calculation.stops} />
            <Calculation sum={calculation} counts={false} />
            <Apply address={shortAddress} householdId={householdId} sum={calculation} onStale={retry} />
          </>
        )
      }
    </Show>
  )
}

interface ApplyProps {
  address: string
  householdId: string
  sum: StopPlan
  onStale(): void
}

function Apply({ address, householdId, sum, onStale }: ApplyProps) {
  const { amountFen } = sum
  const { busy, press } = usePress(async () => {
    if (amountFen === null) return
    try {
      const made = await write('heating.applyStopRefund', { householdId, shownAmountFen: amountFen })
      succeed(said.stops.applied)
      void replace('heatCase', { id: made.id })
    } catch (error) {
      // What was shown may have changed meanwhile: the page shows how it is now, beside what went wrong.
      onStale()
      throw error
    }
  })
  return (
    <Card className="stack">
      <Fact label={said.case.address} value={address} />
      {amountFen === null ? (
        <View className="t-2">{said.stops.call}</View>
      ) : (
        <Button id="stops-apply" busy={busy} onClick={press}>
          {said.stops.apply(money(amountFen))}
        </Button>
      )}
    </Card>
  )
}
