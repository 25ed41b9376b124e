import { Textarea, View } from '@tarojs/components'
import { words } from '../words'
import type { FieldProps } from './form'
import { named } from './named'

/** Several lines of words, and how many may still be written once it becomes few. */
export function Words({
  id,
  label,
  value,
  onInput,
  placeholder,
  maxLength,
  error,
}: Omit<FieldProps, 'extra'>) {
  const left = maxLength - value.length
  return (
    <View>
      <Textarea
        id={id}
        className="field-words"
        value={value}
        placeholder={placeholder}
        placeholderClass="field-hint"
        maxlength={maxLength}
        {...named(label)}
        cursorSpacing={120}
        onInput={(event) => onInput(event.detail.value)}
      />
      {left <= 60 ? <View className="t-3 field-left">{words.common.charactersLeft(left)}</View> : null}
      {error ? <View className="field-error">{error}</View> : null}
    </View>
  )
}
