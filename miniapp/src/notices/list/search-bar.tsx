import { Input, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { Card, Icon } from '../../ui'
import { focusable } from '../../ui/focusable'
import { said } from '../words'

/** Whoever types on is not asked about each letter. */
const pauseMs = 400
const shortest = 2

/** A line for an address; it searches by itself when the typing pauses. */
export function SearchBar({ onSearch }: { onSearch(wanted: string): void }) {
  const [text, setText] = useState('')
  const wanted = text.trim()
  useEffect(() => {
    if (wanted.length < shortest) return onSearch('')
    const timer = setTimeout(() => onSearch(wanted), pauseMs)
    return () => clearTimeout(timer)
  }, [wanted, onSearch])
  return (
    <Card className="search-bar">
      <Icon name="search" className="t-3" />
      <Input
        id="notice-search"
        className="field-input"
        value={text}
        placeholder={said.list.searchHolder}
        placeholderClass="field-hint"
        maxlength={40}
        confirmType="search"
        ariaLabel={said.list.search}
        onInput={(event) => setText(event.detail.value)}
        onConfirm={() => onSearch(wanted.length < shortest ? '' : wanted)}
      />
      {text === '' ? null : (
        <View
          className="search-clear"
          id="clear-search"
          role="button"
          ariaLabel={said.list.clear}
          {...focusable}
          onClick={() => setText('')}
        >
          <Icon name="close" />
        </View>
      )}
    </Card>
  )
}
