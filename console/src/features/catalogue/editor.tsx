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
  const may = useMay()
  const edit = useEdit(catalogue)
  const disabled = readOnly || !may('catalogue.save')
  const { body, chosen } = edit
  return (
    <div className="catalogue">
      <TypeList
        body={body}
        chosen={chosen}
        disabled={disabled}
        onChoose={edit.choose}
        onMove={(id, by) => edit.change(movedType(body, id, by))}
        onAdd={edit.add}
      />
      <div className="catalogue-form card">
        <Chosen edit={edit} companyId={catalogue.companyId} disabled={disabled} />
      </div>
      {disabled ? null : <Foot edit={edit} companyId={catalogue.companyId} />}
    </div>
  )
}

type Edit = ReturnType<typeof useEdit>

/** The copy that is edited, what it was made from, and what differs. */
function useEdit(catalogue: EditorProps['catalogue']) {
  const words = useWords(catalogueWords)
  const [base, setBase] = useState(catalogue)
  const [body, setBody] = useState<CatalogueBody>(catalogue.body)
  // Counts how often the copy was made anew, so that forms begin again.
  const [round, setRound] = useState(0)
  const [chosen, choose] = useState<string | null>(catalogue.body.types[0]?.id ?? null)
  const changes = diffBodies(base.body, body)
  const reset = (): void => {
    setBase(catalogue)
    setBody(catalogue.body)
    setRound(round + 1)
  }
  // Nothing was changed here, so a newer version takes the place of the old one.
  if (changes.length === 0 && catalogue.version !== base.version) reset()
  return {
    base,
    body,
    round,
    chosen,
    changes,
    choose,
    reset,
    change: setBody,
    /** What was saved is what the next changes are counted from. */
    saved: () => setBase({ ...base, body }),
    add: () => {
      const type = newType(body.types, words.addType)
      setBody({ ...body, types: [...body.types, type] })
      choose(type.id)
    },
    remove: (id: string) => {
      setBody({ ...body, types: body.types.filter((type) => type.id !== id) })
      choose(null)
    },
  }
}

interface PartProps {
  readonly edit: Edit
  readonly companyId: string
}

function Chosen({ edit, companyId, disabled }: PartProps & { readonly disabled: boolean }) {
  const { body, round } = edit
  const type = body.types.find(({ id }) => id === edit.chosen)
  if (type === undefined)
    return <GeneralForm key={`general-${round}`} body={body} disabled={disabled} onChange={edit.change} />
  return (
    <>
      <TypeForm
        key={`${type.id}-${round}`}
        type={type}
        companyId={companyId}
        calendars={edit.base.calendars}
        disabled={disabled}
        onChange={(next) => edit.change((before) => withType(before, next))}
      />
      {disabled ? null : (
        <RemoveType name={type.name} isOther={type.id === 'other'} onRemove={() => edit.remove(type.id)} />
      )}
    </>
  )
}

function Foot({ edit, companyId }: PartProps) {
  const words = useWords(catalogueWords)
  const [saving, setSaving] = useState(false)
  const { changes } = edit
  return (
    <div className="catalogue-foot">
      <Button disabled={changes.length === 0} onClick={edit.reset}>
        {words.discard}
      </Button>
      <Button type="primary" disabled={changes.length === 0} onClick={() => setSaving(true)}>
        {changes.length === 0 ? words.noChanges : words.review(changes.length)}
      </Button>
      {saving ? (
        <SaveDialog
          companyId={companyId}
          basedOn={edit.base.version}
          body={edit.body}
          changes={changes}
          onClose={() => setSaving(false)}
          onSaved={() => {
            setSaving(false)
            edit.saved()
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
