import { useQueries } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { read } from '../api/client'
import { useWords } from '../words/language'
import { kitWords } from './words'

interface AreaPickerProps {
  readonly id?: string
  readonly companyIds: readonly string[]
  readonly value?: string[]
  readonly onChange?: (ids: string[]) => void
  readonly disabled?: boolean
  readonly placeholder?: string
}

/** Places of the tree: the first level at once, the rest by its name. What lies below a place belongs to it. */
export function AreaPicker({
  id,
  companyIds,
  value = [],
  onChange,
  disabled = false,
  placeholder,
}: AreaPickerProps) {
  const words = useWords(kitWords)
  const [q, setQ] = useState('')
  const wanted = companyIds.flatMap((companyId) => [
    { companyId },
    ...(q.trim() === '' ? [] : [{ companyId, q: q.trim() }]),
  ])
  const found = useQueries({
    queries: wanted.map((input) => ({
      queryKey: ['areas.list', input],
      queryFn: ({ signal }: { signal: AbortSignal }) => read('areas.list', input, { signal }),
      staleTime: 10 * 60_000,
    })),
  })
  const areas = new Map(
    found.flatMap(({ data }) => data?.areas ?? []).map((area) => [area.id, area.fullName]),
  )
  const known = [...areas].map(([key, label]) => ({ value: key, label }))
  // A place that was chosen long ago and is not on the first level has no name here yet.
  const unknown = value
    .filter((one) => !areas.has(one))
    .map((one) => ({ value: one, label: `…${one.slice(-6)}` }))
  return (
    <Select
      {...(id !== undefined && { id })}
      mode="multiple"
      disabled={disabled}
      placeholder={placeholder ?? words.all}
      value={value}
      options={[...known, ...unknown]}
      loading={found.some(({ isFetching }) => isFetching)}
      showSearch={{ optionFilterProp: 'label', onSearch: setQ }}
      onChange={(ids: string[]) => onChange?.(ids)}
    />
  )
}
