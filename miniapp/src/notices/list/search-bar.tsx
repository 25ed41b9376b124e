import { useCallback, useState } from 'react'
import { SearchField } from '../../parts/search-field'
import { said } from '../words'

const shortest = 2

/** A line for an address. */
export function SearchBar({ onSearch }: { onSearch(wanted: string): void }) {
  const [text, setText] = useState('')
  const search = useCallback((wanted: string) => onSearch(wanted.length < shortest ? '' : wanted), [onSearch])
  return (
    <SearchField
      id="notice-search"
      label={said.list.search}
      holder={said.list.searchHolder}
      clear={said.list.clear}
      maxLength={40}
      value={text}
      onInput={setText}
      onSearch={search}
    />
  )
}
