import { DownOutlined } from '@ant-design/icons'
import { Button, Popover, Select, Space } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useRead } from '../../api/query'
import { useCompanies } from '../../kit/companies'
import { useMay, useMe } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { type FilterName, withFilter } from './filters'
import { inboxWords } from './words'

/** Filters that are used less: type and area belong to one company, so it is chosen first. */
export function MoreFilters() {
  const words = useWords(inboxWords)
  const [params] = useSearchParams()
  const companies = useCompanies(useMe())
  const companyId = params.get('companyId') ?? (companies.length === 1 ? (companies[0]?.id ?? null) : null)
  const used = (['typeId', 'teamId', 'areaId'] as const).filter(
    (name) => (params.get(name) ?? '') !== '',
  ).length
  const content = (
    <Space orientation="vertical">
      <TeamChoice companyId={companyId} />
      {companyId === null ? (
        <p className="quiet">{words.companyFirst}</p>
      ) : (
        <OfCompany companyId={companyId} />
      )}
    </Space>
  )
  return (
    <Popover trigger="click" placement="bottom" content={content}>
      <Button>
        {words.more} {used > 0 ? <b className="num">{used}</b> : null} <DownOutlined aria-hidden />
      </Button>
    </Popover>
  )
}

function TeamChoice({ companyId }: { readonly companyId: string | null }) {
  const words = useWords(inboxWords)
  const may = useMay()
  const teams = useRead('teams.list', may('teams.list') ? {} : null).data?.teams ?? []
  const options = teams
    .filter((team) => companyId === null || team.companyId === companyId)
    .map(({ id, name }) => ({ value: id, label: name }))
  return <One name="teamId" label={words.column.team} options={options} />
}

function OfCompany({ companyId }: { readonly companyId: string }) {
  const words = useWords(inboxWords)
  const [q, setQ] = useState('')
  const types = useRead('catalogue.read', { companyId }).data?.types ?? []
  const areas = useRead('areas.list', q.trim() === '' ? { companyId } : { companyId, q: q.trim() }, {
    keepOld: true,
  })
  return (
    <Space orientation="vertical">
      <One
        name="typeId"
        label={words.column.type}
        options={types.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <One
        name="areaId"
        label={words.column.area}
        options={(areas.data?.areas ?? []).map(({ id, fullName }) => ({ value: id, label: fullName }))}
        onSearch={setQ}
      />
    </Space>
  )
}

interface OneProps {
  readonly name: FilterName
  readonly label: string
  readonly options: { value: string; label: string }[]
  readonly onSearch?: (q: string) => void
}

function One({ name, label, options, onSearch }: OneProps) {
  const [params, setParams] = useSearchParams()
  return (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      className="filter-more"
      value={params.get(name)}
      options={options}
      showSearch={{ optionFilterProp: 'label', ...(onSearch && { onSearch }) }}
      onChange={(value: string | null | undefined) => setParams(withFilter(params, name, value ?? null))}
    />
  )
}
