import { View } from '@tarojs/components'
import { useState } from 'react'
import { Choices, Icon, Line, Row } from '../ui'
import { type Draft, faultOf } from './title-rules'
import { said } from './words'

interface TitleFormProps {
  draft: Draft
  onChange(draft: Draft): void
  /** What is wrong is said only after somebody tried to send it. */
  tried: boolean
}

/** The fields of a title: a person has a name, a company its number and, where it wants, more. */
export function TitleForm({ draft, onChange, tried }: TitleFormProps) {
  const fault = tried ? faultOf(draft) : null
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  return (
    <View className="stack">
      <View className="t-2">{said.form.kind}</View>
      <Choices
        options={[
          { value: 'person', label: said.kinds.person },
          { value: 'company', label: said.kinds.company },
        ]}
        value={draft.kind}
        onPick={(kind) => set({ kind })}
      />
      <Line
        id="title-name"
        label={said.form.name[draft.kind]}
        value={draft.name}
        onInput={(name) => set({ name })}
        placeholder={said.form.nameHolder[draft.kind]}
        maxLength={100}
        error={fault === 'name' ? said.form.nameWrong : null}
      />
      {draft.kind === 'company' ? (
        <>
          <Line
            id="title-tax-no"
            label={said.form.taxNo}
            value={draft.taxNo}
            onInput={(taxNo) => set({ taxNo })}
            placeholder={said.form.taxNoHolder}
            maxLength={24}
            error={fault === 'taxNo' ? said.form.taxNoWrong : null}
          />
          <More draft={draft} set={set} />
        </>
      ) : null}
    </View>
  )
}

const extras = [
  ['address', 100],
  ['phone', 30],
  ['bank', 60],
  ['account', 40],
] as const

function More({ draft, set }: { draft: Draft; set(part: Partial<Draft>): void }) {
  const [open, setOpen] = useState(extras.some(([field]) => draft[field] !== ''))
  if (!open)
    return <Row lead={<Icon name="records" />} title={said.form.more} onClick={() => setOpen(true)} />
  return (
    <>
      {extras.map(([field, most]) => (
        <Line
          key={field}
          id={`title-${field}`}
          label={said.form[field]}
          value={draft[field]}
          onInput={(text) => set({ [field]: text })}
          placeholder={said.form.optional}
          maxLength={most}
        />
      ))}
    </>
  )
}
