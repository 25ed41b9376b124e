import { Input, View } from '@tarojs/components'
import { useEffect } from 'react'
import { Card, Icon } from '../ui'
import { focusable } from '../ui/focusable'
import { named } from '../ui/named'

/** Whoever types on is not asked about each letter. */
const pauseMs = 400

interface SearchFieldProps {
  readonly id: string
  readonly label: string
  readonly holder: string
  /** What the cross says to who cannot see it. */
  readonly clear: string
  readonly maxLength: number
  readonly value: string
  onInput(text: string): void
  /** What is wanted, once the typing pauses or the keyboard's own key says so; empty when nothing is. */
  onSearch(wanted: string): void
}

/** A line to search by. It searches by itself. */
export function SearchField({ id, label, holder, clear, maxLength, value, ...on }: SearchFieldProps) {
  const { onInput, onSearch } = on
  const wanted = value.trim()
  useEffect(() => {
    if (wanted === '') return onSearch('')
    const timer = setTimeout(() => onSearch(wanted), pauseMs)
    return () => clearTimeout(timer)
  }, [wanted, onSearch])
  return (
    <Card className="search-field">
      <Icon name="search" className="t-3" />
      <Input
        id={id}
        className="field-input"
        value={value}
        placeholder={holder}
        placeholderClass="field-hint"
        maxlength={maxLength}
        confirmType="search"
        {...named(label)}
        onInput={(event) => onInput(event.detail.value)}
        onConfirm={() => onSearch(wanted)}
      />
      {value === '' ? null : (
        <View
          className="search-clear"
          id={`clear-${id}`}
          role="button"
          ariaLabel={clear}
          {...focusable}
          onClick={() => onInput('')}
        >
          <Icon name="close" />
        </View>
      )}
    </Card>
  )
}
