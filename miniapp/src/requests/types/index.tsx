import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import type { Catalogue, Company, Household, ServiceType } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { go } from '../../routes'
import { homeOfVisit, useVisit } from '../../state/code-visit'
import { usePicked } from '../../state/picked'
import { useResource } from '../../state/resource'
import { load } from '../../platform/storage'
import { useNow } from '../../state/now'
import { Card, Choices, Empty, Icon, KindBadge, Line, Page, Row, Show, Tag } from '../../ui'
import { draftKey } from '../draft'
import { byClass, findTypes } from '../search'
import { said } from '../words'

const bones = [96, 300, 300] as const

/** What can be reported, and to whom; with `?code=1` at the household whose code was scanned. */
export default function TypesPage() {
  const { params } = useRouter()
  const visit = useVisit(params['code'] === '1')
  const portal = usePortalLoaded()
  const visited = portal?.companies.filter(({ id }) => id === visit?.page.companyId) ?? []
  return (
    <Page title={said.types.title}>
      <Gate guests bones={bones}>
        {() =>
          visit !== null ? (
            <Choosing companies={visited} households={[homeOfVisit(visit)]} visiting />
          ) : portal ? (
            <Companies companies={portal.companies} />
          ) : null
        }
      </Gate>
    </Page>
  )
}

function Companies({ companies }: { companies: readonly Company[] }) {
  const { resource, retry } = useResource('households', () => read('households.list', {}), {
    cache: 'households',
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ households }) => <Choosing companies={companies} households={households} />}
    </Show>
  )
}

interface ChoosingProps {
  companies: readonly Company[]
  households: readonly Household[]
  /** The one home is not the resident's own. */
  visiting?: boolean
}

/** The companies that serve this resident come first; anybody may write to the others as well. */
function Choosing({ companies, households, visiting = false }: ChoosingProps) {
  const picked = usePicked((state) => state.householdId)
  const first = households.find(({ id }) => id === picked) ?? households[0]
  const [chosen, setChosen] = useState<string | null>(null)
  const mine = new Set(households.map(({ companyId }) => companyId))
  const ordered = [...companies].sort((a, b) => Number(mine.has(b.id)) - Number(mine.has(a.id)))
  const company = ordered.find(({ id }) => id === (chosen ?? first?.companyId)) ?? ordered[0]
  if (!company) return null
  const own = households.filter(({ companyId }) => companyId === company.id)
  const household = own.find(({ id }) => id === picked) ?? own[0]
  return (
    <>
      {ordered.length > 1 ? (
        <Choices
          options={ordered.map(({ id, name, kind }) => ({
            value: id,
            label: name,
            lead: <KindBadge kind={kind} />,
          }))}
          value={company.id}
          onPick={setChosen}
        />
      ) : null}
      <Types key={company.id} company={company} householdId={household?.id ?? null} visiting={visiting} />
      <Card list>
        <Row
          id="my-requests"
          lead={<Icon name="clock" />}
          title={said.types.mine}
          onClick={() => go('requests')}
        />
      </Card>
    </>
  )
}

interface TypesProps {
  company: Company
  householdId: string | null
  visiting: boolean
}

function Types({ company, householdId, visiting }: TypesProps) {
  const { resource, retry } = useResource(
    company.id,
    () => read('catalogue.read', { companyId: company.id }),
    { cache: `catalogue.${company.id}` },
  )
  const open = (type: ServiceType) => {
    const home = householdId === null ? {} : { householdId }
    if (type.page) return go(type.page, home)
    return go('reportForm', {
      companyId: company.id,
      typeId: type.id,
      ...home,
      ...(visiting ? { code: '1' } : {}),
    })
  }
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(catalogue) => <TypeList catalogue={catalogue} householdId={householdId} onPick={open} />}
    </Show>
  )
}

interface TypeListProps {
  catalogue: Catalogue
  householdId: string | null
  onPick(type: ServiceType): void
}

function TypeList({ catalogue, householdId, onPick }: TypeListProps) {
  const [text, setText] = useState('')
  // Drafts come and go on the page above; coming back moves the time, which looks again.
  useNow()
  const isBegun = (type: ServiceType) =>
    load(draftKey(catalogue.companyId, type.id, type.household === 'none' ? null : householdId)) !== null
  const found = findTypes(catalogue.types, text)
  return (
    <>
      <Card list>
        <Line
          id="search-types"
          label={said.types.search}
          value={text}
          onInput={setText}
          placeholder={said.types.searchHolder}
          maxLength={20}
        />
      </Card>
      {found.length === 0 ? (
        <Empty icon="search" title={said.types.none(text.trim())} text={said.types.noneText} />
      ) : null}
      {byClass(catalogue, found).map((group) => (
        <View key={group.id}>
          <View className="t-2 group-title">{group.name}</View>
          <Card list>
            {group.types.map((type) => (
              <Row
                key={type.id}
                id={`type-${type.id}`}
                title={type.name}
                note={type.hint}
                side={isBegun(type) ? <Tag text={said.types.draft} tone="accent" /> : null}
                onClick={() => onPick(type)}
              />
            ))}
          </Card>
        </View>
      ))}
    </>
  )
}
