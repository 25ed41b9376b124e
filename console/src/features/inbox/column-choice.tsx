import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useState } from 'react'
import { keep, kept } from '../../kit/kept'
import { useWords } from '../../words/language'
import { allColumns, type ColumnName, columnsFrom } from './columns'
import { inboxWords } from './words'

/** The columns that this person chose; this browser remembers them. */
export function useColumns(): readonly [readonly ColumnName[], (chosen: readonly ColumnName[]) => void] {
  const [chosen, setChosen] = useState(() => columnsFrom(kept('columns')))
  return [
    chosen,
    (next) => {
      setChosen(next)
      keep('columns', next.join(','))
    },
  ]
}

interface ColumnChoiceProps {
  readonly chosen: readonly ColumnName[]
  readonly onChange: (chosen: readonly ColumnName[]) => void
}

export function ColumnChoice({ chosen, onChange }: ColumnChoiceProps) {
  const words = useWords(inboxWords)
  const content = (
    <Checkbox.Group
      className="column-choice"
      value={[...chosen]}
      options={allColumns.map((value) => ({ value, label: words.column[value] }))}
      onChange={(values) => onChange(allColumns.filter((name) => (values as string[]).includes(name)))}
    />
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={words.chooseColumns} content={content}>
      <Button icon={<SettingOutlined aria-hidden />}>{words.columns}</Button>
    </Popover>
  )
}
