import { Input, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { focusable } from './focusable'
import { Icon } from './icon'
import { named } from './named'

export interface FieldProps {
  id: string
  label: string
  value: string
  onInput(value: string): void
  placeholder: string
  maxLength: number
  error?: string | null
  /** A button or icon at the end of the line. */
  extra?: ReactNode
}

/** A line of digits: everything a resident types here is a number. */
export function Field({ id, label, value, onInput, placeholder, maxLength, error, extra }: FieldProps) {
  return (
    <View>
      <View className="field">
        <View className="field-label">{label}</View>
        <Input
          id={id}
          className="field-input"
          type="number"
          value={value}
          placeholder={placeholder}
          placeholderClass="field-hint"
          maxlength={maxLength}
          {...named(label)}
          onInput={(event) => onInput(event.detail.value.replace(/\D/g, ''))}
        />
        {extra}
      </View>
      {error ? <View className="field-error">{error}</View> : null}
    </View>
  )
}

interface LineProps extends Omit<FieldProps, 'extra'> {
  /** `digit` brings up digits with a decimal point. */
  keys?: 'text' | 'digit'
}

/** A line of words. */
export const Line = ({
  id,
  label,
  value,
  onInput,
  placeholder,
  maxLength,
  error,
  keys = 'text',
}: LineProps) => (
  <View>
    <View className="field">
      <View className="field-label">{label}</View>
      <Input
        id={id}
        className="field-input"
        type={keys}
        value={value}
        placeholder={placeholder}
        placeholderClass="field-hint"
        maxlength={maxLength}
        {...named(label)}
        onInput={(event) => onInput(event.detail.value)}
      />
    </View>
    {error ? <View className="field-error">{error}</View> : null}
  </View>
)

/** A round check; the row around it takes the tap, and tells how things stand. */
export const Check = ({ on }: { on: boolean }) => (
  <View className={classes('check', on && 'on')}>
    <Icon name="check" />
  </View>
)

export const Toggle = ({ on }: { on: boolean }) => (
  <View className={classes('toggle', on && 'on')}>
    <View className="toggle-knob" />
  </View>
)

interface ChoicesProps<T extends string> {
  options: readonly { value: T; label: string; lead?: ReactNode }[]
  value: T | null
  onPick(value: T): void
}

interface ManyProps {
  options: readonly string[]
  values: readonly string[]
  onChange(values: string[]): void
}

/** Any number of several words; a second tap takes one back. */
export const Many = ({ options, values, onChange }: ManyProps) => (
  <View className="choices">
    {options.map((option) => {
      const on = values.includes(option)
      return (
        <View
          key={option}
          className={classes('choice', on && 'on')}
          role="checkbox"
          aria-checked={on ? 'true' : 'false'}
          {...focusable}
          onClick={() => onChange(on ? values.filter((value) => value !== option) : [...values, option])}
        >
          {option}
        </View>
      )
    })}
  </View>
)

export function Choices<T extends string>({ options, value, onPick }: ChoicesProps<T>) {
  return (
    <View className="choices">
      {options.map((option) => (
        <View
          key={option.value}
          className={classes('choice', option.value === value && 'on')}
          role="radio"
          aria-checked={option.value === value ? 'true' : 'false'}
          {...focusable}
          onClick={() => onPick(option.value)}
        >
          {option.lead}
          {option.label}
        </View>
      ))}
    </View>
  )
}
