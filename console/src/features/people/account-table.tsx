import type { TableColumnsType } from 'antd'
import type { Account, Company } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { timeOf } from '../../kit/format'
import { useMe } from '../../kit/me-context'
import { WideTable } from '../../kit/wide-table'
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
  const columns: TableColumnsType<Account> = [
    {
      title: words.name,
      width: 150,
      render: (_, account) => <Name account={account} />,
    },
    {
      title: words.roles,
      width: 170,
      render: (_, { roles }) => roles.map((role) => kit.role[role]).join('、'),
    },
    { title: words.team, width: 110, render: (_, { teamName }) => teamName ?? kit.unknown },
    {
      title: words.scope,
      width: 190,
      render: (_, account) => <Scope account={account} companies={companies} />,
    },
    { title: words.phone, width: 130, className: 'num', render: (_, one) => one.phoneMasked ?? kit.unknown },
    {
      title: words.state,
      width: 90,
      render: (_, { state }) => (
        <span className={`chip chip-${stateTone[state]}`}>{words.stateOf[state]}</span>
      ),
    },
    {
      title: words.secondFactor,
      width: 100,
      render: (_, one) => (one.hasSecondFactor ? words.hasFactor : words.noFactor),
    },
    {
      title: words.wallet,
      width: 90,
      render: (_, one) => (one.hasWallet ? words.hasWallet : words.noWallet),
    },
    {
      title: words.lastSeen,
      width: 110,
      className: 'num quiet',
      render: (_, one) => (one.lastSeenAt === null ? words.never : timeOf(one.lastSeenAt)),
    },
    {
      title: words.actions,
      width: 130,
      render: (_, account) => <AccountActions account={account} onEdit={onEdit} />,
    },
  ]
  return (
    <WideTable<Account>
      rowKey="id"
      size="middle"
      aria-label={words.title}
      dataSource={[...accounts]}
      columns={columns}
    />
  )
}

/** Whose rows somebody sees, in words. */
function Scope({
  account,
  companies,
}: {
  readonly account: Account
  readonly companies: readonly Company[]
}) {
  const words = useWords(peopleWords)
  const { scope } = account
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
