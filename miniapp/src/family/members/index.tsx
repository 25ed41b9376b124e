import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read, write } from '../../api/client'
import type { Output } from '../../api/types'
import { fullMoment, moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Button, Card, confirm, goBack, Page, Row, Sheet, Show, succeed, Tag, usePress } from '../../ui'
import { ProxyCard } from '../proxy-card'
import { said } from '../words'
import { Invites } from './invites'
import { written } from '../../format-words'

const bones = [260, 220, 180] as const
export type Home = Output<'family.readHome'>
type Member = Home['members'][number]

/** Who lives in one of my households and who acts there. `?householdId` */
export default function MembersPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.members.title}>
      <Gate bones={bones}>{() => <Content householdId={params['householdId'] ?? ''} />}</Gate>
    </Page>
  )
}

function Content({ householdId }: { householdId: string }) {
  const { resource, reload, retry } = useResource(
    `family.${householdId}`,
    () => read('family.readHome', { householdId }),
    { cache: `family.${householdId}`, onShow: true },
  )
  const [picked, setPicked] = useState<Member | null>(null)
  const changed = async () => {
    setPicked(null)
    await reload()
  }
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(home) => (
        <>
          <Members home={home} onPick={setPicked} />
          {home.powers.includes('members') ? <Invites home={home} onChanged={() => void reload()} /> : null}
          {home.proxies.map((proxy) => (
            <ProxyCard
              key={proxy.id}
              proxy={proxy}
              mayEnd={proxy.isAgent || home.powers.includes('manage')}
              onChanged={() => void reload()}
            />
          ))}
          <Powers home={home} />
          {home.powers.includes('requests') ? <Wrong home={home} /> : null}
          <Leave home={home} />
          {picked === null ? null : (
            <Manage member={picked} onClose={() => setPicked(null)} onChanged={changed} />
          )}
        </>
      )}
    </Show>
  )
}

const nameOf = (member: Member): string =>
  member.isMe ? said.members.me : (member.phoneMasked ?? said.members.noPhone)

function Members({ home, onPick }: { home: Home; onPick(member: Member): void }) {
  const nowMs = useNow()
  const manages = home.powers.includes('manage')
  return (
    <>
      <View className="t-title part-title">{home.shortAddress}</View>
      <Card list id="members">
        {home.members.map((member) => {
          const mayChange = manages && !member.isMe
          return (
            <Row
              key={member.id}
              title={nameOf(member)}
              note={said.members.since(moment(member.since, nowMs))}
              side={
                <Tag
                  text={
                    member.role === 'owner'
                      ? `${said.roles.owner} · ${member.proven ? said.members.proven : said.members.unproven}`
                      : said.roles[member.role]
                  }
                />
              }
              {...(mayChange ? { onClick: () => onPick(member) } : {})}
            />
          )
        })}
      </Card>
      {home.heldFrom === null ? null : (
        <View className="t-3">{said.members.heldFrom(fullMoment(home.heldFrom))}</View>
      )}
    </>
  )
}

const roles = ['owner', 'family', 'tenant'] as const

function Manage({
  member,
  onClose,
  onChanged,
}: {
  member: Member
  onClose(): void
  onChanged(): Promise<void>
}) {
  const remove = usePress(async () => {
    const { removeAsk, removeText, remove: press } = said.members
    if (!(await confirm(removeAsk(nameOf(member)), removeText, press))) return
    await write('family.removeMember', { memberId: member.id })
    succeed(said.members.removed)
    await onChanged()
  })
  return (
    <Sheet title={`${nameOf(member)} · ${said.members.pick}`} onClose={onClose}>
      <View className="stack">
        {member.role === 'proxy'
          ? null
          : roles
              .filter((role) => role !== member.role)
              .map((role) => <To key={role} member={member} role={role} onChanged={onChanged} />)}
        <Button kind="danger" id="remove-member" busy={remove.busy} onClick={remove.press}>
          {said.members.remove}
        </Button>
      </View>
    </Sheet>
  )
}

function To({
  member,
  role,
  onChanged,
}: {
  member: Member
  role: (typeof roles)[number]
  onChanged(): Promise<void>
}) {
  const { press } = usePress(async () => {
    await write('family.setRole', { memberId: member.id, role })
    succeed(said.members.roleDone)
    await onChanged()
  })
  return (
    <Row
      id={`to-${role}`}
      title={`${said.members.setRole}${said.roles[role]}`}
      note={said.roleNotes[role]}
      onClick={press}
    />
  )
}

const Powers = ({ home }: { home: Home }) => (
  <Card className="stack">
    <View className="t-title">{said.members.may}</View>
    <View>{written.listed(home.powers.map((power) => said.powers[power] ?? power))}</View>
    <View className="t-accent" role="button" id="to-proxies" onClick={() => go('proxies')}>
      {said.proxies.title}
    </View>
  </Card>
)

/** The service of every shipped catalogue by which what is on file is changed. */
const CORRECTION = 'owner-change'

const Wrong = ({ home: { companyId, householdId } }: { home: Home }) => (
  <Card list>
    <Row
      id="to-correct"
      title={said.members.wrong}
      note={said.members.wrongNote}
      onClick={() => go('reportForm', { companyId, typeId: CORRECTION, householdId })}
    />
  </Card>
)

function Leave({ home }: { home: Home }) {
  const { busy, press } = usePress(async () => {
    if (!(await confirm(said.members.leave, said.members.leaveText, said.members.leave))) return
    await write('households.unbind', { householdId: home.householdId })
    succeed(said.members.left)
    goBack()
  })
  return (
    <Button kind="plain" id="leave-home" busy={busy} onClick={press}>
      {said.members.leave}
    </Button>
  )
}
