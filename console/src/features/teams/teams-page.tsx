import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Company, Team } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useTeams } from './api/read-teams'
import { TeamDrawer } from './team-drawer'
import { teamWords } from './words'

export function TeamsPage() {
  const words = useWords(teamWords)
  const may = useMay()
  const companies = useCompanies(useMe())
  const teams = useTeams()
  const [editing, setEditing] = useState<Team | 'new' | null>(null)
  const maySave = may('teams.save')
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
      {words.new}
    </Button>
  )
  return (
    <Page title={words.title} actions={maySave ? add : null}>
      <Loaded query={teams} empty={{ when: (data) => data.teams.length === 0, words: words.empty }}>
        {(data) => (
          <TeamTable teams={data.teams} companies={companies} onEdit={maySave ? setEditing : null} />
        )}
      </Loaded>
      {editing === null ? null : (
        <TeamDrawer
          team={editing === 'new' ? null : editing}
          companies={companies}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  )
}

interface TeamTableProps {
  readonly teams: readonly Team[]
  readonly companies: readonly Company[]
  readonly onEdit: ((team: Team) => void) | null
}

function TeamTable({ teams, companies, onEdit }: TeamTableProps) {
  const words = useWords(teamWords)
  const kit = useWords(kitWords)
  const columns: readonly ListColumn<Team>[] = [
    {
      key: 'name',
      always: true,
      title: words.name,
      width: 200,
      text: ({ name }) => name,
      render: ({ name }) => <b>{name}</b>,
    },
    {
      key: 'company',
      title: kit.company,
      width: 200,
      text: ({ companyId }) => companies.find(({ id }) => id === companyId)?.name ?? companyId,
    },
    {
      key: 'lead',
      title: words.lead,
      width: 160,
      text: ({ leadName }) => leadName ?? words.noLead,
      render: ({ leadName }) => leadName ?? <span className="tone-warn">{words.noLead}</span>,
    },
    {
      key: 'areas',
      title: words.areas,
      width: 140,
      text: ({ areaIds }) => words.areaCount(areaIds.length),
    },
    {
      key: 'members',
      title: words.members,
      width: 100,
      className: 'num',
      text: ({ members }) => String(members),
    },
  ]
  const edit = (team: Team) => (
    <Button size="small" aria-label={`${kit.edit} ${team.name}`} onClick={() => onEdit?.(team)}>
      {kit.edit}
    </Button>
  )
  return (
    <ListTable<Team>
      name="teams"
      label={words.title}
      rowKey="id"
      rows={teams}
      columns={columns}
      acts={onEdit === null ? undefined : { title: kit.edit, width: 90, render: edit }}
    />
  )
}
