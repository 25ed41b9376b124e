import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { read } from '../../api/client'
import type { Output } from '../../api/types'
import { readingFindings, readingNext, readingReason, readingState } from '../../by-code'
import { moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { ShownFiles } from '../../parts/shown-files'
import { go, replace } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { useSession } from '../../state/session'
import { Button, Card, Fact, Foot, Page, Show, Tag } from '../../ui'
import { CorrectionCard } from '../correction-card'
import { said } from '../words'
import '../meter.scss'
import { written } from '../../format-words'

type Answer = Output<'readings.get'>
type Reading = Answer['reading']
const bones = [260, 300] as const
const tones = { adopted: 'ok', doubtful: 'warn', rejected: 'bad', replaced: 'plain' } as const

/** What came of a reading, what happens next and until when. */
export default function MeterResultPage() {
  const { params } = useRouter()
  const portal = usePortalLoaded()
  const readingId = params['readingId'] ?? ''
  const { resource, retry } = useResource(readingId, () => read('readings.get', { readingId }), {
    cache: `reading.${readingId}`,
    onShow: true,
    enabled: useSession((session) => session.stage === 'in'),
  })
  const company = resource.state === 'ready' || resource.state === 'stale' ? resource.data.companyId : null
  return (
    <Page title={said.result} brand={portal?.companies.find(({ id }) => id === company)?.brandColour}>
      <Gate bones={bones} guests>
        {() => (
          <Show resource={resource} bones={bones} onRetry={retry}>
            {(answer) => <Body answer={answer} />}
          </Show>
        )}
      </Gate>
    </Page>
  )
}

function Body({ answer }: { answer: Answer }) {
  const { reading, unit, householdId, isMember } = answer
  return (
    <>
      <Card className="stack" id="reading-result">
        <View className="between">
          <View className="grow">
            <View className="t-3">{said.reported}</View>
            <View className="num t-head">{`${reading.value} ${unit}`}</View>
          </View>
          <Tag text={readingState(reading)} tone={tones[reading.state]} />
        </View>
        <View className="t-2" id="reading-next">
          {readingNext(reading)}
        </View>
      </Card>
      {reading.correction ? <CorrectionCard correction={reading.correction} isMember={isMember} /> : null}
      <Facts reading={reading} unit={unit} />
      <Foot>
        {reading.state === 'rejected' ? (
          <Button id="report-again" onClick={() => void replace('meterReport', { householdId })}>
            {said.redo}
          </Button>
        ) : (
          <Button id="to-home" kind="plain" onClick={() => go('home')}>
            {said.back}
          </Button>
        )}
      </Foot>
    </>
  )
}

function Facts({ reading, unit }: { reading: Reading; unit: string }) {
  const nowMs = useNow()
  const reason = readingReason(reading)
  return (
    <Card>
      {reading.correctedValue === null ? null : (
        <Fact label={said.counted} value={`${reading.correctedValue} ${unit}`} />
      )}
      {reading.used === null ? null : <Fact label={said.used} value={`${reading.used} ${unit}`} />}
      <Fact label={said.time} value={moment(reading.readAt, nowMs)} />
      {reading.findings.length === 0 ? null : (
        <Fact label={said.findings} value={written.clauses(readingFindings(reading))} />
      )}
      {reason === null ? null : <Fact label={said.reason} value={reason} />}
      {reading.decision === null ? null : <Fact label={said.company} value={reading.decision} />}
      {reading.photo === null ? null : <ShownFiles files={[reading.photo]} />}
    </Card>
  )
}
