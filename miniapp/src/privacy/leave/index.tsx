import { View } from '@tarojs/components'
import { read, write } from '../../api/client'
import type { Output } from '../../api/types'
import { fullMoment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { useResource } from '../../state/resource'
import { Button, Card, confirm, Foot, goBack, Page, Show, succeed, usePress } from '../../ui'
import { said } from '../words'
import { written } from '../../format-words'

const bones = [160, 300, 420] as const
type Mine = Output<'privacy.readMine'>

/** The end of an account: what goes, what stays and why, and the way back while there is one. */
export default function LeavePage() {
  usePortalLoaded()
  return (
    <Page title={said.end.title}>
      <Gate bones={bones}>{() => <Leave />}</Gate>
    </Page>
  )
}

function Leave() {
  const { resource, reload, retry } = useResource('leave', () => read('privacy.readMine', {}))
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(mine) =>
        mine.closure === null ? (
          <Ask mine={mine} onAsked={() => void reload()} />
        ) : (
          <Asked closure={mine.closure} onTaken={() => void reload()} />
        )
      }
    </Show>
  )
}

function Ask({ mine, onAsked }: { mine: Mine; onAsked(): void }) {
  const { busy, press } = usePress(async () => {
    if (!(await confirm(said.end.ask, said.end.askText(mine.closureDays), said.end.press))) return
    await write('privacy.askClosure', {})
    succeed(said.end.done)
    onAsked()
  })
  return (
    <>
      <Card className="stack">
        <View>{said.end.lead}</View>
        <View>{mine.closureDays > 0 ? said.end.days(mine.closureDays) : said.end.today}</View>
        <View>{said.end.owed}</View>
        <View>{said.end.open}</View>
      </Card>
      <Card className="stack" id="leave-ends">
        <View className="t-title">{said.end.ends}</View>
        <View>{written.listed(mine.ends)}</View>
      </Card>
      <Card className="stack" id="leave-stays">
        <View className="t-title">{said.end.stays}</View>
        {mine.stays.map(({ says, why }) => (
          <View key={says}>
            <View>{says}</View>
            <View className="t-3">{why}</View>
          </View>
        ))}
      </Card>
      <Foot>
        <Button id="copy-first" kind="plain" onClick={goBack}>
          {said.end.copyFirst}
        </Button>
        <Button id="ask-closure" kind="danger" busy={busy} onClick={press}>
          {said.end.press}
        </Button>
      </Foot>
    </>
  )
}

function Asked({ closure, onTaken }: { closure: NonNullable<Mine['closure']>; onTaken(): void }) {
  const { busy, press } = usePress(async () => {
    await write('privacy.withdrawClosure', { closureId: closure.id })
    succeed(said.end.taken)
    onTaken()
  })
  return (
    <>
      <Card className="stack" id="leave-asked">
        <View className="t-title">{said.end.asked(fullMoment(closure.askedAt))}</View>
        <View>{said.end.due(fullMoment(closure.dueAt))}</View>
        <View className="t-3">{said.end.owed}</View>
      </Card>
      <Foot>
        <Button id="withdraw-closure" busy={busy} onClick={press}>
          {said.end.back}
        </Button>
      </Foot>
    </>
  )
}
