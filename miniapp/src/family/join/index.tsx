import { View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { read, write } from '../../api/client'
import type { Output } from '../../api/types'
import { fullMoment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { replace, routes } from '../../routes'
import { useResource } from '../../state/resource'
import { Button, Card, Empty, Fact, Page, Show, succeed, usePress } from '../../ui'
import { HandOn } from '../hand-on'
import { madeHere } from '../made'
import { said } from '../words'

const bones = [320, 160] as const
type Invite = Output<'family.openInvite'>

/** What an invitation is to, masked, before anybody signs in; whoever made it hands it on from here. `?token` */
export default function JoinPage() {
  const { params } = useRouter()
  const token = params['token'] ?? ''
  usePortalLoaded()
  useShareAppMessage(() => ({ title: said.join.shareTitle, path: `${routes.join}?token=${token}` }))
  const { resource, retry } = useResource(`join.${token}`, () => read('family.openInvite', { token }))
  const made = madeHere(token)
  return (
    <Page title={said.join.title}>
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(invite) =>
          invite.state === 'gone' ? (
            <Empty title={said.join.gone} text={said.join.goneText} />
          ) : (
            <>
              <Face invite={invite} />
              {made === null ? (
                <Gate bones={[100]}>{() => <Join token={token} />}</Gate>
              ) : (
                <HandOn made={made} title={said.join.shareTitle} />
              )}
            </>
          )
        }
      </Show>
    </Page>
  )
}

const Face = ({ invite }: { invite: Invite }) => (
  <Card className="stack" id="invite">
    <View className="t-head">{said.join.lead(said.roles[invite.role])}</View>
    <View>
      <Fact label={said.join.company} value={invite.companyName} />
      <Fact label={said.join.owner} value={invite.ownerNameMasked} />
      <Fact label={said.join.address} value={invite.addressMasked} />
      <Fact label={said.join.until} value={fullMoment(invite.expiresAt)} />
    </View>
    <View className="t-2">{said.roleNotes[invite.role]}</View>
  </Card>
)

function Join({ token }: { token: string }) {
  const { busy, press } = usePress(async () => {
    const { householdId } = await write('family.joinHome', { token })
    succeed(said.join.done)
    await replace('members', { householdId })
  })
  return (
    <Button id="join" busy={busy} onClick={press}>
      {said.join.button}
    </Button>
  )
}
