import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { MapData } from '../../api/types'
import { clockOf } from '../../kit/format'
import { useNow } from '../../kit/now'
import { useWords } from '../../words/language'
import { Base } from '../../kit/plane/base'
import { ClusterShape, RequestShape, WorkerShape } from './marks'
import {
  type Cluster,
  clustered,
  dueTone,
  type Place,
  planeAt,
  type Point,
  viewBoxOf,
  worstOf,
} from '../../kit/plane/plane'
import { useView } from '../../kit/plane/use-view'
import { mapWords } from './words'

type MapRequest = MapData['requests'][number]
type Placed = MapRequest & Point

interface MapCanvasProps {
  readonly companyId: string
  readonly data: MapData
  /** Called with the requests of a group that was clicked. */
  readonly onPick: (ids: readonly string[]) => void
  readonly found: Place | null
}

const cellPixels = 34

export function MapCanvas({ companyId, data, onPick, found }: MapCanvasProps) {
  const words = useWords(mapWords)
  // The zero stays where it was first: news must not move the drawing.
  const [zero] = useState(() => middleOf(data))
  const project = useMemo(() => planeAt(zero), [zero])
  const points = useMemo<Placed[]>(
    () => data.requests.map((one) => ({ ...one, ...project(one.latE6, one.lngE6) })),
    [data, project],
  )
  const everything = useMemo(() => allPoints(data, points, project), [data, points, project])
  const box = useRef<HTMLDivElement>(null)
  const map = useView(box, everything, companyId)
  const unit = map.view.unitsPerPixel
  const groups = useMemo(() => clustered(points, map.view, cellPixels), [points, map.view])
  const pick = (group: Cluster<Placed>): void => {
    onPick(group.members.map(({ requestId }) => requestId))
    map.goTo(group.at, 2.5)
  }
  const ring = found === null ? null : project(found.latE6, found.lngE6)
  return (
    <div className="map-box" ref={box}>
      <svg
        viewBox={viewBoxOf(map.view, map.size)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the map is moved by arrow keys
        tabIndex={0}
        role="application"
        aria-label={words.canvas}
        {...map.handlers}
      >
        <Base base={data.base} project={project} unit={unit} names={unit < 60} />
        {groups.map((group) => (
          <Group
            key={group.members[0]?.requestId ?? ''}
            group={group}
            unit={unit}
            onPick={() => pick(group)}
          />
        ))}
        {data.workers.map((worker) => (
          <g key={worker.staffId} data-mark>
            <title>{`${words.worker(worker.name, worker.openOrders)} · ${words.seen(clockOf(worker.seenAt))}`}</title>
            <WorkerShape
              at={project(worker.latE6, worker.lngE6)}
              unit={unit}
              presence={worker.presence}
              letter={worker.name.slice(0, 1)}
            />
          </g>
        ))}
        {ring === null ? null : (
          <circle className="ring" cx={ring.x} cy={ring.y} r={unit * 18} strokeWidth={unit * 3} />
        )}
      </svg>
      <Space.Compact orientation="vertical" className="map-tools">
        <Button icon={<PlusOutlined aria-hidden />} aria-label={words.zoomIn} onClick={() => map.zoom(1.5)} />
        <Button
          icon={<MinusOutlined aria-hidden />}
          aria-label={words.zoomOut}
          onClick={() => map.zoom(1 / 1.5)}
        />
        <Button onClick={map.fit}>{words.fit}</Button>
      </Space.Compact>
    </div>
  )
}

interface GroupProps {
  readonly group: Cluster<Placed>
  readonly unit: number
  readonly onPick: () => void
}

/** One request leads to its page; several open when they are clicked. */
function Group({ group, unit, onPick }: GroupProps) {
  const words = useWords(mapWords)
  const go = useNavigate()
  const now = useNow()
  const [first] = group.members
  if (first === undefined) return null
  const alone = group.members.length === 1
  const open = alone ? () => void go(`/requests/${first.requestId}`) : onPick
  const label = alone ? words.request(first.typeName, first.number) : words.cluster(group.members.length)
  return (
    <g
      data-mark
      role="button"
      tabIndex={-1}
      aria-label={label}
      className="map-mark"
      onClick={open}
      onKeyDown={(event) => event.key === 'Enter' && open()}
    >
      <title>{label}</title>
      {alone ? (
        <RequestShape
          at={group.at}
          unit={unit}
          tone={dueTone(first.dueAt, now)}
          dashed={first.exact === 'area'}
        />
      ) : (
        <ClusterShape
          at={group.at}
          unit={unit}
          tone={worstOf(group.members.map(({ dueAt }) => dueTone(dueAt, now)))}
          count={group.members.length}
        />
      )}
    </g>
  )
}

/** Where the plane has its zero: in the midst of what is shown, or of the land when there is nothing. */
function middleOf({ requests, workers, base }: MapData): Place {
  const shown: readonly Place[] = [...requests, ...workers]
  const land = base.flatMap(({ points }) => points.map(([latE6, lngE6]) => ({ latE6, lngE6 })))
  const all = shown.length > 0 ? shown : land
  const mean = (name: keyof Place): number => all.reduce((sum, one) => sum + one[name], 0) / (all.length || 1)
  return { latE6: mean('latE6'), lngE6: mean('lngE6') }
}

/** What must be in sight at first: requests and workers, or the land when there are none. */
function allPoints(data: MapData, requests: readonly Point[], project: ReturnType<typeof planeAt>): Point[] {
  const workers = data.workers.map(({ latE6, lngE6 }) => project(latE6, lngE6))
  if (requests.length + workers.length > 0) return [...requests, ...workers]
  return data.base.flatMap(({ points }) => points.map(([lat, lng]) => project(lat, lng)))
}
