import { CloseOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { count } from '../../../kit/count'
import { useWords } from '../../../words/language'
import { placeWords } from '../times'
import { AccountsField } from './accounts-field'
import { AreaTree } from './area-tree'
import { type ChosenArea, mostAreas, withAreas } from './draft'
import { DrawField } from './draw-field'
import type { EditorState } from './use-editor'
import { editorWords } from './words'

/** Whom to tell: by either tree, by account number, or drawn; all of it together. */
export function ReachSection({ editor }: { readonly editor: EditorState }) {
  const words = useWords(editorWords)
  const { form, change } = editor
  const add = (areas: readonly ChosenArea[]): void => change((before) => withAreas(before, areas))
  const remove = (ids: readonly string[]): void =>
    change((before) => ({ ...before, areas: before.areas.filter(({ id }) => !ids.includes(id)) }))
  const tree = (name: 'place' | 'supply') => (
    <AreaTree
      key={`${form.companyId}-${name}`}
      companyId={form.companyId}
      tree={name}
      chosen={form.areas}
      onAdd={add}
      onRemove={remove}
    />
  )
  return (
    <section className="card" aria-labelledby="step-reach">
      <h2 id="step-reach">{words.step2}</h2>
      <Tabs
        aria-label={words.ways}
        size="small"
        items={[
          { key: 'place', label: words.wayPlace, children: tree('place') },
          { key: 'supply', label: words.waySupply, children: tree('supply') },
          {
            key: 'draw',
            label: words.wayDraw,
            children: <DrawField key={form.companyId} companyId={form.companyId} onAdd={add} />,
          },
          {
            key: 'accounts',
            label: words.wayAccounts,
            children: (
              <AccountsField accountNos={form.accountNos} onChange={(accountNos) => change({ accountNos })} />
            ),
          },
        ]}
      />
      <Chosen editor={editor} onRemove={remove} />
    </section>
  )
}

interface ChosenProps {
  readonly editor: EditorState
  readonly onRemove: (ids: readonly string[]) => void
}

function Chosen({ editor, onRemove }: ChosenProps) {
  const words = useWords(editorWords)
  const { areas, accountNos } = editor.form
  const none = areas.length + accountNos.length === 0
  return (
    <div className="chosen-areas" role="group" aria-label={words.chosen}>
      <h3>
        {words.chosen}{' '}
        {areas.length === 0 ? null : <span className="num quiet">{words.chosenCount(areas.length)}</span>}
        {areas.length > 1 ? (
          <Button type="link" size="small" onClick={() => onRemove(areas.map(({ id }) => id))}>
            {words.clearAreas}
          </Button>
        ) : null}
      </h3>
      {none ? <p className="quiet">{words.chosenNone}</p> : null}
      {areas.length >= mostAreas ? <p className="tone-warn small">{words.mostAreas}</p> : null}
      <ul className="area-chips">
        {areas.map((area) => (
          <li key={area.id} className="chip chip-go">
            {placeWords(area.fullName)}
            <button
              type="button"
              className="chip-close"
              aria-label={words.removeArea(placeWords(area.fullName))}
              onClick={() => onRemove([area.id])}
            >
              <CloseOutlined aria-hidden />
            </button>
          </li>
        ))}
        {accountNos.length === 0 ? null : (
          <li className="chip chip-go">
            {words.accountsIn(count(accountNos.length))}
            <button
              type="button"
              className="chip-close"
              aria-label={words.accountsClear}
              onClick={() => editor.change({ accountNos: [] })}
            >
              <CloseOutlined aria-hidden />
            </button>
          </li>
        )}
      </ul>
    </div>
  )
}
