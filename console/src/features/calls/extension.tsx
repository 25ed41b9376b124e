import { PhoneOutlined } from '@ant-design/icons'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import type { Company } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useMyCall, useSetExtension } from './api'
import { callWords } from './words'

/** Which telephone I sit at: its calls pop up here. */
export function MyExtension({ companies }: { readonly companies: readonly Company[] }) {
  const words = useWords(callWords)
  const may = useMay()
  const mine = useMyCall(may('calls.mine'))
  if (!may('calls.setExtension') || mine.data === undefined) return null
  const { extensions } = mine.data
  const named = extensions.map(({ extension }) => extension).join('、')
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={words.extensionTitle}
      content={
        <div className="seat-panel">
          <p className="quiet">{words.extensionHint}</p>
          {companies.map(({ id, name }) => (
            <ExtensionField
              key={id}
              companyId={id}
              label={name}
              known={extensions.find(({ companyId }) => companyId === id)?.extension ?? null}
            />
          ))}
        </div>
      }
    >
      <Button icon={<PhoneOutlined aria-hidden />}>
        {named === '' ? words.noExtension : words.myExtension(named)}
      </Button>
    </Popover>
  )
}

interface ExtensionFieldProps {
  readonly companyId: string
  readonly label: string
  readonly known: string | null
}

function ExtensionField({ companyId, label, known }: ExtensionFieldProps) {
  const words = useWords(callWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const set = useSetExtension()
  const [text, setText] = useState(known ?? '')
  const wanted = text.trim() === '' ? null : text.trim()
  const save = (): void => {
    if (wanted === known) return
    set.mutate({ companyId, extension: wanted }, { onSuccess: () => done(words.saved) })
  }
  return (
    <div>
      {set.error ? <Failed error={set.error} /> : null}
      <div className="with-choice">
        <label htmlFor={`extension-${companyId}`}>{label}</label>
        <span className="pane-line">
          <Input
            id={`extension-${companyId}`}
            inputMode="numeric"
            maxLength={8}
            value={text}
            onChange={(event) => setText(event.target.value.replace(/\D/g, ''))}
            onPressEnter={save}
          />
          <Button disabled={wanted === known} loading={set.isPending} onClick={save}>
            {kit.save}
          </Button>
        </span>
      </div>
    </div>
  )
}
