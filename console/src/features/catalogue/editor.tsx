import { App, Button } from 'antd'
import { useState } from 'react'
import type { CatalogueBody, Output } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { diffBodies } from './diff'
import { movedType, newType, withType } from './edit'
import { GeneralForm } from './general-form'
import { SaveDialog } from './save-dialog'
import { TypeForm } from './type-form'
import { TypeList } from './type-list'
import { catalogueWords } from './words'

interface EditorProps {
  readonly catalogue: Output<'catalogue.get'>
  readonly readOnly: boolean
}

/**
 * Edits a copy. What is on the server may get newer meanwhile: the copy keeps the version it was made from, and the
 * server tells of a conflict when it is saved.
 */
export function Editor({ catalogue, readOnly }: EditorProps) {
  const words = useWords(catalogueWords)
  const may = useMay()
  const [base, setBase] = useState(catalogue)
  const [body, setBody] = useState<CatalogueBody>(catalogue.body)
  const [round, setRound] = useState(0)
  const [chosen, setChosen] = useState<string | null>(catalogue.body.types[0]?.id ?? null)
  const [saving, setSaving] = useState(false)
  const changes = diffBodies(base.body, body)
  // Nothing was changed here, so a newer version takes the place of the old one.
  if (changes.length === 0 && catalogue.version !== base.version) {
    setBase(catalogue)
    setBody(catalogue.body)
    setRound(round + 1)
  }
  const disabled = readOnly || !may('catalogue.save')
  const reset = (): void => {
    setBase(catalogue)
    setBody(catalogue.body)
    setRound(round + 1)
  }
  const add = (): void => {
    const type = newType(body.types, words.addType)
    setBody({ ...body, types: [...body.types, type] })
    setChosen(type.id)
  }
  const type = body.types.find(({ id }) => id === chosen)
  return (
    <div className="catalogue">
      <TypeList
        body={body}
        chosen={chosen}
        disabled={disabled}
        onChoose={setChosen}
        onMove={(id, by) => setBody(movedType(body, id, by))}
        onAdd={add}
      />
      <div className="catalogue-form card">
        {type === undefined ? (
          <GeneralForm key={`general-${round}`} body={body} disabled={disabled} onChange={setBody} />
        ) : (
          <>
            <TypeForm
              key={`${type.id}-${round}`}
              type={type}
              companyId={catalogue.companyId}
              calendars={base.calendars}
              disabled={disabled}
              onChange={(next) => setBody((before) => withType(before, next))}
            />
            {disabled ? null : (
              <RemoveType
                name={type.name}
                isOther={type.id === 'other'}
                onRemove={() => {
                  setBody({ ...body, types: body.types.filter(({ id }) => id !== type.id) })
                  setChosen(null)
                }}
              />
            )}
          </>
        )}
      </div>
      {disabled ? null : (
        <div className="catalogue-foot">
          <Button disabled={changes.length === 0} onClick={reset}>
            {words.discard}
          </Button>
          <Button type="primary" disabled={changes.length === 0} onClick={() => setSaving(true)}>
            {changes.length === 0 ? words.noChanges : words.review(changes.length)}
          </Button>
        </div>
      )}
      {saving ? (
        <SaveDialog
          companyId={catalogue.companyId}
          basedOn={base.version}
          body={body}
          changes={changes}
          onClose={() => setSaving(false)}
          onSaved={() => {
            setSaving(false)
            setBase({ ...base, body })
          }}
        />
      ) : null}
    </div>
  )
}

interface RemoveTypeProps {
  readonly name: string
  readonly isOther: boolean
  readonly onRemove: () => void
}

function RemoveType({ name, isOther, onRemove }: RemoveTypeProps) {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const { modal } = App.useApp()
  return (
    <Button
      danger
      disabled={isOther}
      title={isOther ? words.other : undefined}
      onClick={() =>
        void modal.confirm({
          title: words.removeTitle(name),
          content: words.removeText,
          okText: kit.remove,
          cancelText: kit.cancel,
          onOk: onRemove,
        })
      }
    >
      {words.removeType}
    </Button>
  )
}
