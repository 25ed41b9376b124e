import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { type RefObject, useMemo, useRef, useState } from 'react'
import type { BaseShape } from '../../../api/types'
import { Base } from '../../../kit/plane/base'
import { type Place, planeAt, placeUnder, type Point, unplaneAt, viewBoxOf } from '../../../kit/plane/plane'
import { useView } from '../../../kit/plane/use-view'
import { useWords } from '../../../words/language'
import { type Drawing, isClick, mayClose } from './shape'
import { editorWords } from './words'

interface DrawCanvasProps {
  readonly name: string
  readonly base: readonly BaseShape[]
  readonly drawing: Drawing
  /** Places that were found inside. */
  readonly found: readonly (Place & { readonly id: string; readonly fullName: string })[]
  readonly onPoint: (place: Place) => void
  readonly onUndo: () => void
  readonly onClose: () => void
}

/** Of a small place every name is written, of a city only when one looks closely. */
const mostNames = 40

/** The map with a shape on it. A click sets a point; a drag moves the land, as on the dispatch map. */
export function DrawCanvas({ name, base, drawing, found, onPoint, onUndo, onClose }: DrawCanvasProps) {
  const words = useWords(editorWords)
  const [zero] = useState(() => middleOf(base))
  const project = useMemo(() => planeAt(zero), [zero])
  const unproject = useMemo(() => unplaneAt(zero), [zero])
  const everything = useMemo(
    () => base.flatMap(({ points }) => points.map(([lat, lng]) => project(lat, lng))),
    [base, project],
  )
  const box = useRef<HTMLDivElement>(null)
  const map = useView(box, everything, name)
  const unit = map.view.unitsPerPixel
  const communities = base.filter(({ kind }) => kind === 'community').length
  const press = usePress(box, map, (at) => onPoint(unproject(at)))
  const points = drawing.points.map(({ latE6, lngE6 }) => project(latE6, lngE6))
  const keys: Readonly<Record<string, () => void>> = {
    Enter: () => onPoint(unproject(map.view.middle)),
    Backspace: onUndo,
    c: onClose,
  }
  return (
    <div className="map-box draw-box" ref={box}>
      <svg
        viewBox={viewBoxOf(map.view, map.size)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the map is drawn on by keys, too
        tabIndex={0}
        role="application"
        aria-label={words.drawCanvas}
        {...press}
        onKeyDown={(event) => {
          const work = event.ctrlKey || event.metaKey ? undefined : keys[event.key]
          if (work === undefined) {
            map.handlers.onKeyDown(event)
            return
          }
          event.preventDefault()
          work()
        }}
      >
        <Base base={base} project={project} unit={unit} names={unit < 60 || communities <= mostNames} />
        <Shape
          points={points}
          closed={drawing.closed}
          unit={unit}
          mayClose={mayClose(drawing)}
          onClose={onClose}
        />
        {found.map((place) => (
          <Inside key={place.id} at={project(place.latE6, place.lngE6)} unit={unit} name={place.fullName} />
        ))}
        <path className="cross" strokeWidth={unit} d={crossAt(map.view.middle, unit * 8)} />
      </svg>
      <MapTools zoom={map.zoom} fit={map.fit} />
    </div>
  )
}

type MapView = ReturnType<typeof useView>

/** Presses on the map: what did not wander sets a point, what wandered moves the land. A mark takes its own click. */
function usePress(box: RefObject<HTMLDivElement>, map: MapView, onClick: (at: Point) => void) {
  const down = useRef<Point | null>(null)
  const { handlers, view, size } = map
  return {
    onPointerDown: (event: React.PointerEvent): void => {
      down.current = { x: event.clientX, y: event.clientY }
      handlers.onPointerDown(event)
    },
    onPointerMove: handlers.onPointerMove,
    onPointerUp: (event: React.PointerEvent): void => {
      handlers.onPointerUp()
      const from = down.current
      down.current = null
      const bounds = box.current?.getBoundingClientRect()
      if (from === null || !bounds || !isClick(from, { x: event.clientX, y: event.clientY })) return
      if (event.target instanceof Element && event.target.closest('[data-mark]')) return
      onClick(placeUnder(view, size, event.clientX - bounds.left, event.clientY - bounds.top))
    },
  }
}

function MapTools({ zoom, fit }: Pick<MapView, 'zoom' | 'fit'>) {
  const words = useWords(editorWords)
  return (
    <Space.Compact orientation="vertical" className="map-tools">
      <Button icon={<PlusOutlined aria-hidden />} aria-label={words.zoomIn} onClick={() => zoom(1.5)} />
      <Button icon={<MinusOutlined aria-hidden />} aria-label={words.zoomOut} onClick={() => zoom(1 / 1.5)} />
      <Button onClick={fit}>{words.fit}</Button>
    </Space.Compact>
  )
}

const crossAt = ({ x, y }: Point, half: number): string =>
  `M${x - half} ${y}H${x + half}M${x} ${y - half}V${y + half}`

interface ShapeProps {
  readonly points: readonly Point[]
  readonly closed: boolean
  readonly unit: number
  readonly mayClose: boolean
  readonly onClose: () => void
}

/** Lines between the points; a click on the first one closes the shape. */
function Shape({ points, closed, unit, mayClose: closable, onClose }: ShapeProps) {
  const path = points.map(({ x, y }) => `${x} ${y}`).join('L')
  return (
    <g>
      {points.length === 0 ? null : (
        <path
          className={closed ? 'drawn drawn-closed' : 'drawn'}
          strokeWidth={unit * 2}
          d={`M${path}${closed ? 'Z' : ''}`}
        />
      )}
      {points.map(({ x, y }, index) => (
        <circle
          // oxlint-disable-next-line react/no-array-index-key -- points have no name but their place in the line.
          key={index}
          className={index === 0 && closable ? 'drawn-point drawn-first' : 'drawn-point'}
          cx={x}
          cy={y}
          r={unit * (index === 0 && closable ? 8 : 5)}
          strokeWidth={unit * 2}
          {...(index === 0 && closable && { 'data-mark': true, onClick: onClose })}
        />
      ))}
    </g>
  )
}

interface InsideProps {
  readonly at: Point
  readonly unit: number
  readonly name: string
}

function Inside({ at, unit, name }: InsideProps) {
  return (
    <circle className="inside" cx={at.x} cy={at.y} r={unit * 11} strokeWidth={unit * 3}>
      <title>{name.split('/').join(' ')}</title>
    </circle>
  )
}

/** The plane's zero: the middle of the land. */
function middleOf(base: readonly BaseShape[]): Place {
  const land = base.flatMap(({ points }) => points)
  const mean = (at: 0 | 1): number => land.reduce((sum, point) => sum + point[at], 0) / (land.length || 1)
  return { latE6: mean(0), lngE6: mean(1) }
}
