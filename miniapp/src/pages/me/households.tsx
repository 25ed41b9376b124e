import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { read, write } from '../../api/client'
import type { Household } from '../../api/types'
import { moment } from '../../format'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import {
  Button,
  Card,
  confirm,
  Fact,
  Icon,
  KindBadge,
  Row,
  Sheet,
  Show,
  succeed,
  Tag,
  usePress,
} from '../../ui'
import { words } from '../../words'

/** The resident's households: which is shown first, who else has them, and the way out of one. */
export function Households({ refreshed }: { refreshed: number }) {
  const { resource, reload, retry } = useResource(
    `households-${refreshed}`,
    () => read('households.list', {}),
    {
      cache: 'households',
      onShow: true,
    },
  )
  const [managed, setManaged] = useState<Household | null>(null)
  const changed = async () => {
    setManaged(null)
    await reload()
  }
  return (
    <Show resource={resource} bones={[300]} onRetry={retry}>
      {({ households }) => (
        <Card list>
          <View className="me-heading t-2">
            {households.length > 0 ? words.me.households : words.me.noHouseholds}
          </View>
          {households.map((household) => (
            <Row
              key={household.id}
              lead={<KindBadge kind={household.kind} />}
              title={household.shortAddress}
              note={`${words.kinds[household.kind]} ${household.accountNoMasked} · ${words.roles[household.role]}`}
              side={household.isDefault ? <Tag text={words.me.isDefault} tone="accent" /> : null}
              onClick={() => setManaged(household)}
            />
          ))}
          <Row
            lead={<Icon name="person" />}
            title={words.me.proxies}
            note={words.me.proxiesText}
            onClick={() => go('proxies')}
            id="to-proxies"
          />
          <Row
            lead={<Icon name="link" />}
            title={words.bind.title}
            onClick={() => go('bind')}
            id="bind-household"
          />
          {managed ? (
            <Manage household={managed} onClose={() => setManaged(null)} onChanged={changed} />
          ) : null}
        </Card>
      )}
    </Show>
  )
}

interface ManageProps {
  household: Household
  onClose(): void
  onChanged(): Promise<void>
}

function Manage({ household, onClose, onChanged }: ManageProps) {
  const makeDefault = usePress(async () => {
    await write('households.setDefault', { householdId: household.id })
    await onChanged()
  })
  const unbind = usePress(async () => {
    const sure = await confirm(
      words.me.unbindTitle(household.shortAddress),
      words.me.unbindText,
      words.me.unbind,
    )
    if (!sure) return
    await write('households.unbind', { householdId: household.id })
    succeed(words.me.unbound)
    await onChanged()
  })
  return (
    <Sheet title={household.shortAddress} onClose={onClose}>
      <View className="stack">
        <View>
          <Fact label={words.bill.household} value={household.accountNoMasked} mono />
          <Fact label={words.bill.address} value={household.address} />
          <Fact label={words.cashier.payee} value={household.companyName} />
          <Members householdId={household.id} />
        </View>
        <Button
          kind="soft"
          id="to-members"
          onClick={() => {
            onClose()
            go('members', { householdId: household.id })
          }}
        >
          {words.me.manageMembers}
        </Button>
        {household.isDefault ? null : (
          <Button kind="soft" id="make-default" busy={makeDefault.busy} onClick={makeDefault.press}>
            {words.me.makeDefault}
          </Button>
        )}
        <Button kind="danger" id="unbind" busy={unbind.busy} onClick={unbind.press}>
          {words.me.unbind}
        </Button>
        <Button kind="plain" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </View>
    </Sheet>
  )
}

type MemberView = Awaited<ReturnType<typeof members>>[number]
const members = async (householdId: string) => (await read('households.members', { householdId })).members

/** Who else sees this household's bills, masked. Nothing is shown while it is not known. */
function Members({ householdId }: { householdId: string }) {
  const nowMs = useNow()
  const [found, setFound] = useState<readonly MemberView[]>([])
  useEffect(() => {
    members(householdId).then(setFound, () => setFound([]))
  }, [householdId])
  const name = (member: MemberView) =>
    member.isMe ? words.me.memberMe : (member.phoneMasked ?? words.me.memberNoPhone)
  return (
    <>
      {found.map((member, index) => (
        <Fact
          key={`${member.boundAt}-${index}`}
          label={index === 0 ? words.me.members : ''}
          value={`${words.roles[member.role]} ${name(member)} · ${words.me.boundAt(moment(member.boundAt, nowMs))}`}
        />
      ))}
    </>
  )
}
