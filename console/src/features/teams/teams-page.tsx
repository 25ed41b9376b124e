import { PlusOutlined } from '@ant-design/icons'
import { Button, Table } from 'antd'
import { useState } from 'react'
import type { Team } from '../../api/types'
import { useCompanies } from '../../kit/companies'
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
  const kit = useWords(kitWords)
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
          <Table<Team>
            rowKey="id"
            className="card-table"
            aria-label={words.title}
            pagination={false}
            dataSource={[...data.teams]}
            columns={[
              { title: words.name, render: (_, team) => <b>{team.name}</b> },
              {
                title: kit.company,
                render: (_, team) =>
                  companies.find(({ id }) => id === team.companyId)?.name ?? team.companyId,
              },
              {
                title: words.lead,
                render: (_, team) => team.leadName ?? <span className="tone-warn">{words.noLead}</span>,
              },
              { title: words.areas, render: (_, team) => words.areaCount(team.areaIds.length) },
              { title: words.members, className: 'num', dataIndex: 'members' },
              {
                title: <span className="hidden">{kit.edit}</span>,
                width: 90,
                render: (_, team) =>
                  maySave ? (
                    <Button
                      size="small"
                      aria-label={`${kit.edit} ${team.name}`}
                      onClick={() => setEditing(team)}
                    >
                      {kit.edit}
                    </Button>
                  ) : null,
              },
            ]}
          />
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
