import type { Account, Company } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { timeOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { AccountActions } from './account-actions'
import { peopleWords } from './words'

interface AccountTableProps {
  readonly accounts: readonly Account[]
  readonly onEdit: ((account: Account) => void) | null
}

const stateTone = { active: 'ok', disabled: 'quiet', locked: 'bad' } as const

export function AccountTable({ accounts, onEdit }: AccountTableProps) {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  return (
    <ListTable<Account>
      name="people"
      label={words.title}
      rowKey="id"
      size="middle"
      rows={accounts}
      columns={columnsOf(words, kit, companies)}
      acts={{
        title: words.actions,
        width: 130,
        render: (account) => <AccountActions account={account} onEdit={onEdit} />,
      }}
    />
  )
}

type Words = (typeof peopleWords)['en']
type Kit = (typeof kitWords)['en']

function columnsOf(words: Words, kit: Kit, companies: readonly Company[]): readonly ListColumn<Account>[] {
  return [
    {
      key: 'name',
      always: true,
      title: words.name,
      width: 150,
      text: ({ name, loginName }) => `${name} · ${loginName}`,
      render: (account) => <Name account={account} />,
    },
    {
      key: 'roles',
      title: words.roles,
      width: 170,
      text: ({ roles }) => roles.map((role) => kit.role[role]).join('、'),
    },
    { key: 'team', title: words.team, width: 110, text: ({ teamName }) => teamName ?? kit.unknown },
    { key: 'scope', title: words.scope, width: 190, text: (account) => scopeText(account, companies, words) },
    {
      key: 'phone',
      title: words.phone,
      width: 130,
      className: 'num',
      text: ({ phoneMasked }) => phoneMasked ?? kit.unknown,
    },
    {
      key: 'state',
      title: words.state,
      width: 90,
      text: ({ state }) => words.stateOf[state],
      render: ({ state }) => <span className={`chip chip-${stateTone[state]}`}>{words.stateOf[state]}</span>,
    },
    {
      key: 'secondFactor',
      title: words.secondFactor,
      width: 100,
      text: (one) => (one.hasSecondFactor ? words.hasFactor : words.noFactor),
    },
    {
      key: 'wallet',
      title: words.wallet,
      width: 90,
      text: (one) => (one.hasWallet ? words.hasWallet : words.noWallet),
    },
    {
      key: 'lastSeen',
      title: words.lastSeen,
      width: 110,
      className: 'num quiet',
      text: ({ lastSeenAt }) => (lastSeenAt === null ? words.never : timeOf(lastSeenAt)),
    },
  ]
}

/** Whose rows somebody sees, in words. */
function scopeText({ scope }: Account, companies: readonly Company[], words: Words): string {
  const seen = scope.companies?.map((id) => companies.find((one) => one.id === id)?.name ?? id).join('、')
  const areas = scope.areaIds === null ? words.allAreas : words.areaCount(scope.areaIds.length)
  return `${seen ?? words.allCompanies} · ${areas}`
}

function Name({ account }: { readonly account: Account }) {
  return (
    <>
      <b>{account.name}</b>
      <div className="quiet">{account.loginName}</div>
    </>
  )
}
