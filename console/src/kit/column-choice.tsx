import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useState } from 'react'
import { useWords } from '../words/language'
import { type Choosable, rememberedOf, shownOf } from './columns'
import { keep, kept } from './kept'
import { useMe } from './me-context'
import { kitWords } from './words'

export interface NamedColumn extends Choosable {
  readonly title: string
}

interface Chosen<C> {
  readonly shown: readonly C[]
  readonly choose: (keys: readonly string[]) => void
}

/** The columns of a table that this person chose; this browser remembers them per person and table. */
export function useColumns<C extends Choosable>(table: string, all: readonly C[]): Chosen<C> {
  const name = `columns.${useMe().id}.${table}`
  const [remembered, setRemembered] = useState(() => kept(name))
  return {
    shown: shownOf(all, remembered),
    choose: (keys) => {
      const next = rememberedOf(all, keys, remembered)
      setRemembered(next)
      keep(name, next)
    },
  }
}

interface ColumnChoiceProps extends Chosen<NamedColumn> {
  readonly all: readonly NamedColumn[]
  /** Which table, where a page has several. */
  readonly of?: string
  readonly small?: boolean
}

export function ColumnChoice({ all, shown, choose, of, small = false }: ColumnChoiceProps) {
  const words = useWords(kitWords)
  const content = (
    <Checkbox.Group
      className="column-choice"
      value={shown.map(({ key }) => key)}
      options={all.filter(({ always }) => !always).map(({ key, title }) => ({ value: key, label: title }))}
      onChange={choose}
    />
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={words.chooseColumns} content={content}>
      <Button
        icon={<SettingOutlined aria-hidden />}
        size={small ? 'small' : 'middle'}
        {...(of !== undefined && { 'aria-label': `${words.columns} ${of}` })}
      >
        {words.columns}
      </Button>
    </Popover>
  )
}
