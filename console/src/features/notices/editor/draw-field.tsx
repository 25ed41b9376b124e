import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import type { BaseShape } from '../../../api/types'
import { Failed, Loaded } from '../../../kit/loaded'
import { useWords } from '../../../words/language'
import { readAreasInShape, useBaseMap } from '../api/read-shape'
import type { ChosenArea } from './draft'
import { DrawCanvas } from './draw-canvas'
import { closedShape, type Drawing, mayClose, nothingDrawn, pointsText, undone, withPoint } from './shape'
import { editorWords } from './words'

interface DrawFieldProps {
  readonly companyId: string
  readonly onAdd: (areas: readonly ChosenArea[]) => void
}

/** A shape on the company's own map; the places inside it are added as soon as it is closed. */
export function DrawField({ companyId, onAdd }: DrawFieldProps) {
  const words = useWords(editorWords)
  const base = useBaseMap(companyId)
  return (
    <Loaded
      query={base}
      rows={6}
      empty={{ when: ({ shapes }) => shapes.length === 0, words: words.drawNoBase }}
    >
      {({ shapes }) => <Board companyId={companyId} base={shapes} onAdd={onAdd} />}
    </Loaded>
  )
}

type Found = readonly (ChosenArea & { readonly latE6: number; readonly lngE6: number })[]

function Board({ companyId, base, onAdd }: DrawFieldProps & { readonly base: readonly BaseShape[] }) {
  const words = useWords(editorWords)
  const [drawing, setDrawing] = useState<Drawing>(nothingDrawn)
  const [found, setFound] = useState<Found | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [asking, setAsking] = useState(false)
  const draw = (next: Drawing): void => {
    setDrawing(next)
    setFound(null)
    setFailed(null)
  }
  const close = async (): Promise<void> => {
    const closed = closedShape(drawing)
    if (!closed.closed) return
    draw(closed)
    setAsking(true)
    try {
      const { areas } = await readAreasInShape(companyId, pointsText(closed))
      const inside = areas.map((area) => ({ ...area, tree: 'place' as const }))
      setFound(inside)
      onAdd(inside.map(({ id, tree, fullName }) => ({ id, tree, fullName })))
    } catch (error) {
      // Opened again, so that the same shape can be closed once more.
      draw(undone(closed))
      setFailed(error)
    }
    setAsking(false)
  }
  return (
    <div className="draw">
      <p className="quiet">
        {words.drawHint} {words.drawKeys}
      </p>
      <DrawCanvas
        name={companyId}
        base={base}
        drawing={drawing}
        found={found ?? []}
        onPoint={(place) => draw(withPoint(drawing, place))}
        onUndo={() => draw(undone(drawing))}
        onClose={() => void close()}
      />
      <Tools drawing={drawing} asking={asking} found={found} onDraw={draw} onClose={() => void close()} />
      {found?.length === 0 ? <Alert type="warning" showIcon title={words.drawNone} /> : null}
      {failed === null ? null : <Failed error={failed} retry={() => void close()} />}
    </div>
  )
}

interface ToolsProps {
  readonly drawing: Drawing
  readonly asking: boolean
  readonly found: Found | null
  readonly onDraw: (next: Drawing) => void
  readonly onClose: () => void
}

function Tools({ drawing, asking, found, onDraw, onClose }: ToolsProps) {
  const words = useWords(editorWords)
  const none = drawing.points.length === 0
  return (
    <Space wrap className="row-actions">
      <Button type="primary" disabled={!mayClose(drawing)} loading={asking} onClick={onClose}>
        {words.drawClose}
      </Button>
      <Button disabled={none} onClick={() => onDraw(undone(drawing))}>
        {words.drawUndo}
      </Button>
      <Button disabled={none} onClick={() => onDraw(nothingDrawn)}>
        {words.drawClear}
      </Button>
      <span className="quiet num" role="status">
        {words.drawPoints(drawing.points.length)}
        {found !== null && found.length > 0 ? ` · ${words.drawFound(found.length)}` : ''}
      </span>
    </Space>
  )
}
