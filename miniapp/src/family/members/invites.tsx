import { View } from '@tarojs/components'
import { useState } from 'react'
import { newClientId } from '../../api/act-ids'
import { write } from '../../api/client'
import { moment } from '../../format'
import { CodeField } from '../../parts/code-field'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { Button, Card, Choices, confirm, Row, succeed, usePress } from '../../ui'
import { keepMade } from '../made'
import { said } from '../words'
import type { Home } from './index'

interface InvitesProps {
  home: Home
  onChanged(): void
}
type Role = 'owner' | 'family' | 'tenant'

/** A link for one person, and those that nobody used yet; before it, that one is the owner at all. */
export function Invites({ home, onChanged }: InvitesProps) {
  if (home.powers.includes('invite'))
    return (
      <>
        <Make home={home} />
        <Open home={home} onChanged={onChanged} />
      </>
    )
  return home.proven ? null : <Prove home={home} onChanged={onChanged} />
}

function Make({ home }: { home: Home }) {
  const [role, setRole] = useState<Role>('family')
  const { busy, press } = usePress(async () => {
    const made = await write('family.inviteMember', { householdId: home.householdId, role })
    keepMade(made)
    go('join', { token: made.token })
  })
  return (
    <Card className="stack" id="invite-member">
      <View className="t-title">{said.invite.title}</View>
      <View className="t-2">{said.invite.text}</View>
      <Choices<Role>
        options={(['family', 'tenant', 'owner'] as const).map((value) => ({
          value,
          label: said.roles[value],
        }))}
        value={role}
        onPick={setRole}
      />
      <View className="t-3">{said.roleNotes[role]}</View>
      <Button id="make-invite" busy={busy} onClick={press}>
        {said.invite.make}
      </Button>
    </Card>
  )
}

function Open({ home, onChanged }: InvitesProps) {
  if (home.invites.length === 0) return null
  return (
    <>
      <View className="t-title part-title">{said.invite.open}</View>
      <Card list>
        {home.invites.map((invite) => (
          <OpenOne key={invite.id} invite={invite} onChanged={onChanged} />
        ))}
      </Card>
    </>
  )
}

function OpenOne({ invite, onChanged }: { invite: Home['invites'][number]; onChanged(): void }) {
  const nowMs = useNow()
  const { press } = usePress(async () => {
    if (!(await confirm(said.invite.revokeAsk, said.invite.revokeText, said.invite.revoke))) return
    await write('family.revokeInvite', { inviteId: invite.id })
    succeed(said.invite.revoked)
    onChanged()
  })
  return (
    <Row
      title={said.roles[invite.role]}
      note={said.invite.until(moment(invite.expiresAt, nowMs))}
      side={<View className="t-accent">{said.invite.revoke}</View>}
      onClick={press}
    />
  )
}

/** A role is what one said when binding; a code to the number on file is what proves it. */
function Prove({ home, onChanged }: InvitesProps) {
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { companyId, accountNo } = home
  const { busy, press } = usePress(async () => {
    if (!/^\d{6}$/.test(code)) return setFault(said.ask.codeWrong)
    await write('households.bind', {
      clientId: newClientId(),
      companyId,
      accountNo,
      proof: { kind: 'sms-code', value: code },
      role: 'owner',
    })
    succeed(said.invite.proved)
    onChanged()
  })
  return (
    <Card className="stack" id="prove-owner">
      <View className="t-title">{said.invite.prove}</View>
      <View className="t-2">{said.invite.proveText}</View>
      <CodeField
        id="owner-code"
        value={code}
        onInput={setCode}
        error={fault}
        disabled={false}
        send={() => write('households.sendBindCode', { companyId, accountNo })}
      />
      <Button id="prove" busy={busy} onClick={press}>
        {said.invite.proveButton}
      </Button>
    </Card>
  )
}
