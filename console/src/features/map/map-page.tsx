import { AimOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { MapData } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { Countdown } from '../../kit/countdown-text'
import { clockOf } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { useWords } from '../../words/language'
import { useMap } from './api/read-map'
import { Legend } from './legend'
import { MapCanvas } from './map-canvas'
import type { Place } from '../../kit/plane/plane'
import { mapWords } from './words'

/** Open requests and workers on the company's own map, with the same in a list beside it. */
export function MapPage() {
  const words = useWords(mapWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const companyId = params.get('companyId') ?? companies[0]?.id ?? null
  const map = useMap(companyId)
  const [picked, setPicked] = useState<readonly string[] | null>(null)
  const [found, setFound] = useState<Place | null>(null)
  const choose = (id: string): void => {
    setPicked(null)
    setFound(null)
    setParams({ companyId: id })
  }
  const chooser = (
    <Select
      aria-label={words.company}
      value={companyId}
      options={companies.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={choose}
      popupMatchSelectWidth={false}
    />
  )
  return (
    <Page title={words.title} actions={companies.length > 1 ? chooser : null}>
      <Loaded query={map} rows={12}>
        {(data) => (
          <div className="map">
            <div className="map-left">
              <MapCanvas
                key={companyId}
                companyId={companyId ?? ''}
                data={data}
                onPick={setPicked}
                found={found}
              />
              <Legend />
            </div>
            <MapList data={data} picked={picked} onReset={() => setPicked(null)} onLocate={setFound} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

interface MapListProps {
  readonly data: MapData
  readonly picked: readonly string[] | null
  readonly onReset: () => void
  readonly onLocate: (place: Place) => void
}

const mostInList = 100

function MapList({ data, picked, onReset, onLocate }: MapListProps) {
  const words = useWords(mapWords)
  const shown = data.requests
    .filter(({ requestId }) => picked === null || picked.includes(requestId))
    .sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity))
    .slice(0, mostInList)
  return (
    <section className="map-list" aria-label={words.list}>
      <h2>
        {words.list} <span className="num count">{data.requests.length}</span>
        {picked === null ? null : (
          <Button size="small" type="link" onClick={onReset}>
            {words.showAll}
          </Button>
        )}
      </h2>
      <p className="quiet">
        {words.asOf(clockOf(data.asOf))} · {data.base.length === 0 ? words.noBase : words.most}
      </p>
      {shown.length === 0 ? <p className="quiet">{words.empty}</p> : null}
      <ul className="lines">
        {shown.map((one) => (
          <li key={one.requestId}>
            <Link className="grow ellipsis" to={`/requests/${one.requestId}`}>
              {one.typeName} <span className="num quiet">{one.number}</span>
            </Link>
            <Countdown clock={{ state: 'running', dueAt: one.dueAt, warnAt: warnOf(one.dueAt) }} />
            <Button
              size="small"
              type="text"
              icon={<AimOutlined aria-hidden />}
              aria-label={words.locate(one.number)}
              onClick={() => onLocate(one)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The map knows only when it is due; an hour before is soon, as on the drawing. */
const warnOf = (dueAt: number | null): number | null => (dueAt === null ? null : dueAt - 3_600_000)
