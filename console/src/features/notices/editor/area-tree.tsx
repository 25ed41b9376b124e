import { Button, Input, Spin, Tree, type TreeDataNode } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { ApiError } from '../../../api/errors'
import type { NoticeArea } from '../../../api/types'
import { Failed, Loaded } from '../../../kit/loaded'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useFoundAreas } from '../api/find-areas'
import { readAreas } from '../api/read-areas'
import { placeWords } from '../times'
import type { ChosenArea } from './draft'
import { editorWords } from './words'

interface AreaTreeProps {
  readonly companyId: string
  readonly tree: 'place' | 'supply'
  readonly chosen: readonly ChosenArea[]
  readonly onAdd: (areas: readonly ChosenArea[]) => void
  readonly onRemove: (ids: readonly string[]) => void
}

/** One of the two trees, opened step by step, and a search over its names. */
export function AreaTree(props: AreaTreeProps) {
  const words = useWords(editorWords)
  const [q, setQ] = useState('')
  const hint = props.tree === 'place' ? words.findPlace : words.findSupply
  return (
    <div className="area-tree">
      <Input.Search
        aria-label={hint}
        placeholder={hint}
        allowClear
        maxLength={40}
        onSearch={setQ}
        onChange={(event) => event.target.value === '' && setQ('')}
      />
      {q.trim() === '' ? <Knots {...props} /> : <FoundAreas {...props} q={q} />}
    </div>
  )
}

interface Knot extends TreeDataNode {
  readonly area: NoticeArea
  children?: Knot[]
}

const knotOf = (area: NoticeArea): Knot => ({
  key: area.id,
  title: area.name,
  isLeaf: !area.children,
  area,
})

/** The same tree with the children of one knot put in. */
const withChildren = (knots: readonly Knot[], id: string, children: Knot[]): Knot[] =>
  knots.map((knot) =>
    knot.key === id
      ? { ...knot, children }
      : { ...knot, ...(knot.children && { children: withChildren(knot.children, id, children) }) },
  )

function Knots({ companyId, tree, chosen, onAdd, onRemove }: AreaTreeProps) {
  const words = useWords(editorWords)
  const [knots, setKnots] = useState<readonly Knot[] | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const open = useCallback(
    () =>
      readAreas({ companyId, tree }).then(
        (areas) => setKnots(areas.map(knotOf)),
        (error: unknown) => setFailed(error),
      ),
    [companyId, tree],
  )
  useEffect(() => void open(), [open])
  const again = (): void => {
    setFailed(null)
    void open()
  }
  if (failed instanceof ApiError) return <Failed error={failed} retry={again} />
  if (knots === null) return <Spin className="pad" />
  if (knots.length === 0) return <p className="quiet pad">{words.noTree}</p>
  return (
    <Tree<Knot>
      aria-label={words.treeOf(tree === 'place' ? words.place : words.supply)}
      checkable
      checkStrictly
      selectable={false}
      height={248}
      treeData={[...knots]}
      checkedKeys={chosen.map(({ id }) => id)}
      loadData={async ({ key, children }) => {
        if (children) return
        try {
          const areas = await readAreas({ companyId, tree, parentId: String(key) })
          setKnots((before) => withChildren(before ?? [], String(key), areas.map(knotOf)))
        } catch (error) {
          setFailed(error)
        }
      }}
      onCheck={(_, { checked, node }) => {
        const { id, fullName } = node.area
        if (checked) onAdd([{ id, tree, fullName }])
        else onRemove([id])
      }}
    />
  )
}

function FoundAreas({ companyId, tree, chosen, onAdd, q }: AreaTreeProps & { readonly q: string }) {
  const words = useWords(editorWords)
  const kit = useWords(kitWords)
  const found = useFoundAreas(companyId, tree, q)
  return (
    <Loaded
      query={found}
      rows={3}
      empty={{ when: ({ areas }) => areas.length === 0, words: words.foundNone }}
    >
      {({ areas }) => (
        <ul className="lines found-areas" aria-label={kit.search}>
          {areas.map((area) => {
            const there = chosen.some(({ id }) => id === area.id)
            return (
              <li key={area.id}>
                <span className="grow">{placeWords(area.fullName)}</span>
                <Button
                  size="small"
                  disabled={there}
                  aria-label={words.addAreaOf(placeWords(area.fullName))}
                  onClick={() => onAdd([{ id: area.id, tree, fullName: area.fullName }])}
                >
                  {there ? words.added : words.addArea}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
    </Loaded>
  )
}
