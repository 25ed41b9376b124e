import { View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { read, write } from '../../api/client'
import type { Output } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { go, replace, routes } from '../../routes'
import { useResource } from '../../state/resource'
import { Button, Card, Check, Empty, Fact, Page, Row, Show, succeed, usePress } from '../../ui'
import { HandOn } from '../hand-on'
import { madeHere } from '../made'
import { said } from '../words'

const bones = [220, 260, 200] as const
type Asked = Extract<Output<'family.openProxy'>, { state: 'asked' }>

/** Somebody asks to act for me: who, for how long and what for stands before the yes. `?token` */
export default function AnswerPage() {
  const { params } = useRouter()
  const token = params['token'] ?? ''
  usePortalLoaded()
  useShareAppMessage(() => ({ title: said.ask.shareTitle, path: `${routes.answer}?token=${token}` }))
  const made = madeHere(token)
  return (
    <Page title={said.answer.title}>
      {made === null ? (
        <Gate bones={bones}>{() => <Content token={token} />}</Gate>
      ) : (
        <HandOn made={made} title={said.ask.shareTitle} />
      )}
    </Page>
  )
}

function Content({ token }: { token: string }) {
  const { resource, retry } = useResource(`answer.${token}`, () => read('family.openProxy', { token }), {
    onShow: true,
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(asked) => {
        if (asked.state === 'gone') return <Empty title={said.answer.gone} text={said.answer.goneText} />
        if (asked.isMine) return <Empty title={said.answer.mine} text={said.answer.mineText} />
        return <Answer asked={asked} token={token} />
      }}
    </Show>
  )
}

function Answer({ asked, token }: { asked: Asked; token: string }) {
  const all = asked.households.map(({ householdId }) => householdId)
  const [without, setWithout] = useState<readonly string[]>([])
  const [fault, setFault] = useState<string | null>(null)
  const picked = all.filter((id) => !without.includes(id))
  const { version, textSha256 } = asked.consent
  const say = async (agree: boolean) => {
    const householdIds = agree ? picked : []
    await write('family.answerProxy', { token, agree, householdIds, version, textSha256 })
    succeed(agree ? said.answer.agreed : said.answer.refused)
    await replace('proxies')
  }
  const yes = usePress(async () => {
    if (picked.length === 0) return setFault(said.answer.pick)
    await say(true)
  })
  const no = usePress(() => say(false))
  return (
    <>
      <Card className="stack" id="who-asks">
        <View className="t-head">{said.answer.lead(asked.agentName, said.relations[asked.relation])}</View>
        {asked.agentPhoneMasked === null ? null : (
          <Fact label={said.answer.phone} value={asked.agentPhoneMasked} />
        )}
        <Fact label={said.answer.months} value={said.ask.month(asked.months)} />
      </Card>
      {all.length === 0 ? (
        <Card className="stack">
          <View>{said.answer.none}</View>
          <Button kind="soft" onClick={() => go('bind')}>
            {said.answer.bind}
          </Button>
        </Card>
      ) : (
        <Card list>
          <View className="t-2 part-title">{said.answer.which}</View>
          {asked.households.map(({ householdId, shortAddress, companyName }) => {
            const on = picked.includes(householdId)
            return (
              <Row
                key={householdId}
                on={on}
                lead={<Check on={on} />}
                title={shortAddress}
                note={companyName}
                arrow={false}
                onClick={() =>
                  setWithout(on ? [...without, householdId] : without.filter((id) => id !== householdId))
                }
              />
            )
          })}
        </Card>
      )}
      <Card className="stack" id="consent-text">
        <View className="t-title">{said.answer.consent}</View>
        <View>{asked.consent.text}</View>
        <View className="t-3">{said.answer.version(version)}</View>
      </Card>
      {fault === null ? null : <View className="field-error">{fault}</View>}
      <Button id="agree" busy={yes.busy} disabled={all.length === 0} onClick={yes.press}>
        {said.answer.agree}
      </Button>
      <Button kind="plain" id="refuse" busy={no.busy} onClick={no.press}>
        {said.answer.refuse}
      </Button>
    </>
  )
}
