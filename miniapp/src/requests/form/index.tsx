import { useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { read } from '../../api/client'
import type { Catalogue, Household, ServiceType } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { callHotline } from '../../parts/hotline'
import { replace } from '../../routes'
import { type CodeVisit, homeOfVisit, useVisit } from '../../state/code-visit'
import { type Resource, useResource } from '../../state/resource'
import { Button, Empty, Page, Show } from '../../ui'
import { words } from '../../words'
import { said } from '../words'
import { Before } from './before'
import { DangerAsk, DangerGate } from './gate'
import { knownBefore, type Outage } from './outage'
import { RequestForm } from './request-form'
import './index.scss'

const bones = [160, 300, 220] as const

/** From a type to a request: danger, what is known already, the form. `?companyId&typeId[&householdId][&code=1][&again=1]`. */
export default function FormPage() {
  const { params } = useRouter()
  const portal = usePortalLoaded()
  const visit = useVisit(params['code'] === '1')
  const companyId = params['companyId'] ?? ''
  const company = portal?.companies.find(({ id }) => id === companyId)
  return (
    <Page title={said.types.title} brand={company?.brandColour}>
      <Gate guests bones={bones}>
        {() => (
          <Loading
            companyId={companyId}
            typeId={params['typeId'] ?? ''}
            householdId={params['householdId'] ?? null}
            visit={visit}
            again={params['again'] === '1'}
          />
        )}
      </Gate>
    </Page>
  )
}

interface LoadingProps {
  companyId: string
  typeId: string
  householdId: string | null
  /** Whoever came by a household's code reports there and at no home of their own. */
  visit: CodeVisit | null
  /** The same once more, on purpose, such as a re-test: what one reported oneself is no reason to stop. */
  again: boolean
}

function Loading({ companyId, typeId, householdId, visit, again }: LoadingProps) {
  const catalogue = useResource(companyId, () => read('catalogue.read', { companyId }), {
    cache: `catalogue.${companyId}`,
  })
  const homes = useResource('households', () => read('households.list', {}), {
    cache: 'households',
    onShow: true,
    enabled: visit === null,
  })
  const visited: Resource<{ households: Household[] }> | null =
    visit === null ? null : { state: 'ready', data: { households: [homeOfVisit(visit)] } }
  return (
    <Show resource={catalogue.resource} bones={bones} onRetry={catalogue.retry}>
      {(found) => (
        <Show resource={visited ?? homes.resource} bones={bones} onRetry={homes.retry}>
          {({ households }) => {
            const type = found.types.find(({ id }) => id === typeId)
            if (!type) {
              return (
                <Empty title={said.types.none(typeId)} text={said.types.noneText}>
                  <Button kind="plain" onClick={() => callHotline(found.hotline)}>
                    {words.common.callHotline}
                  </Button>
                </Empty>
              )
            }
            if (type.page) return <Leads householdId={householdId} />
            const own = households.filter((household) => household.companyId === companyId)
            return <Flow catalogue={found} type={type} own={own} first={householdId} again={again} />
          }}
        </Show>
      )}
    </Show>
  )
}

/** What is applied for on a page of its own: an old link or an answer that still names this form leads there. */
function Leads({ householdId }: { householdId: string | null }) {
  useEffect(() => {
    void replace('heat', householdId === null ? {} : { householdId })
  }, [householdId])
  return null
}

interface FlowProps {
  catalogue: Catalogue
  type: ServiceType
  own: readonly Household[]
  first: string | null
  again: boolean
}

type Danger = 'ask' | 'gate' | 'short' | 'clear'

function firstDanger({ stopper }: ServiceType): Danger {
  if (stopper === null) return 'clear'
  return stopper.ask === null ? 'gate' : 'ask'
}

/** Danger comes before anything else; what others have reported comes before writing it again. */
function Flow({ catalogue, type, own, first, again }: FlowProps) {
  const [danger, setDanger] = useState<Danger>(() => firstDanger(type))
  const [householdId, setHouseholdId] = useState<string | null>(() =>
    type.household === 'none' ? null : ((own.find(({ id }) => id === first) ?? own[0])?.id ?? null),
  )
  const [begun, setBegun] = useState(false)
  const [joined, setJoined] = useState<Outage | null>(null)
  const [round, setRound] = useState(0)
  const { companyId } = catalogue
  const { resource } = useResource(`${type.id}.${householdId}`, () =>
    read('requests.precheck', {
      companyId,
      typeId: type.id,
      ...(householdId === null ? {} : { householdId }),
    }),
  )
  if (type.stopper !== null && danger === 'gate')
    return <DangerGate stopper={type.stopper} onSafe={() => setDanger('short')} />
  if (type.stopper !== null && type.stopper.ask !== null && danger === 'ask') {
    return (
      <DangerAsk
        question={type.stopper.ask}
        onYes={() => setDanger('gate')}
        onNo={() => setDanger('clear')}
      />
    )
  }
  const short = danger === 'short'
  const precheck = resource.state === 'ready' ? knownBefore(resource.data, again) : null
  const knownAlready = precheck !== null && precheck.outages.length + precheck.similar.length > 0
  if (knownAlready && !begun && !short) {
    return (
      <Before
        precheck={precheck}
        companyId={companyId}
        householdId={householdId}
        onOwn={() => setBegun(true)}
        onJoin={(outage) => {
          setJoined(outage)
          setBegun(true)
        }}
      />
    )
  }
  return (
    <RequestForm
      key={round}
      catalogue={catalogue}
      type={type}
      own={own}
      householdId={householdId}
      precheck={precheck}
      joined={joined}
      short={short}
      onHousehold={(id) => {
        setBegun(true)
        // The outage covers the home that was asked about, and perhaps no other.
        setJoined(null)
        setHouseholdId(id)
      }}
      onStartOver={() => setRound(round + 1)}
    />
  )
}
