import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Account } from '../../api/types'
import { placeIn, withPlace } from '../../kit/keyset'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { Pager } from '../../kit/pager'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { AccountDrawer } from './account-drawer'
import { AccountTable } from './account-table'
import { useAccounts } from './api/list-accounts'
import { useTeams } from './api/read-lists'
import { allRoles, type StaffRole } from './roles'
import { peopleWords } from './words'

export function PeoplePage() {
  const words = useWords(peopleWords)
  const may = useMay()
  const [params] = useSearchParams()
  const [editing, setEditing] = useState<Account | 'new' | null>(null)
  const accounts = useAccounts(inputFrom(params))
  return (
    <Page
      title={words.title}
      actions={
        may('staff.create') ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
            {words.new}
          </Button>
        ) : null
      }
    >
      <Filters />
      <Loaded query={accounts} empty={{ when: ({ items }) => items.length === 0, words: words.empty }}>
        {({ items }) => <AccountTable accounts={items} onEdit={may('staff.update') ? setEditing : null} />}
      </Loaded>
      <Pager nextCursor={accounts.data?.nextCursor ?? null} />
      {editing === null ? null : (
        <AccountDrawer account={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  )
}

function inputFrom(params: URLSearchParams): Parameters<typeof useAccounts>[0] {
  const role = allRoles.find((one) => one === params.get('role'))
  const [q, teamId, cursor] = [params.get('q')?.trim(), params.get('teamId'), placeIn(params).cursor]
  return {
    limit: 30,
    ...(q && { q }),
    ...(role && { role }),
    ...(teamId && { teamId }),
    ...(cursor !== null && { cursor }),
  }
}

function Filters() {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  const teams = useTeams().data?.teams ?? []
  const [params, setParams] = useSearchParams()
  const set = (name: string, value: string | null | undefined): void => {
    const next = withPlace(params, { cursor: null, trail: [] })
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next)
  }
  return (
    <Space wrap className="filters">
      <Input.Search
        aria-label={words.find}
        placeholder={words.find}
        defaultValue={params.get('q') ?? ''}
        allowClear
        maxLength={40}
        onSearch={(value) => set('q', value.trim())}
      />
      <Select<StaffRole>
        aria-label={words.role}
        placeholder={words.role}
        allowClear
        className="filter-choice"
        value={params.get('role') as StaffRole | null}
        options={allRoles.map((value) => ({ value, label: kit.role[value] }))}
        onChange={(value) => set('role', value)}
      />
      <Select
        aria-label={words.team}
        placeholder={words.team}
        allowClear
        className="filter-choice"
        value={params.get('teamId')}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => set('teamId', value)}
      />
    </Space>
  )
}
