import { Alert, Button, Select, Space } from 'antd'
import { useSearchParams } from 'react-router'
import type { Company } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { timeOf } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useCatalogue, useVersions } from './api/read-catalogue'
import { Editor } from './editor'
import { catalogueWords } from './words'

/** What can be reported, as data: edited here, versioned, and reviewed before it counts. */
export function CataloguePage() {
  const words = useWords(catalogueWords)
  const companies = useCompanies(useMe())
  const [params] = useSearchParams()
  const companyId = params.get('companyId') ?? companies[0]?.id
  return (
    <Page
      title={words.title}
      actions={companyId === undefined ? null : <Choices companyId={companyId} companies={companies} />}
    >
      {companyId === undefined ? null : <Version key={companyId} companyId={companyId} />}
    </Page>
  )
}

function Choices({
  companyId,
  companies,
}: {
  readonly companyId: string
  readonly companies: readonly Company[]
}) {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const versions = useVersions(companyId)
  const [params, setParams] = useSearchParams()
  const list = versions.data?.versions ?? []
  const newest = list[0]?.version
  const given = params.get('version')
  return (
    <Space wrap>
      {companies.length > 1 ? (
        <Select
          aria-label={kit.company}
          value={companyId}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => setParams({ companyId: id })}
          popupMatchSelectWidth={false}
        />
      ) : null}
      <Select
        aria-label={words.versions}
        value={given === null ? newest : Number(given)}
        options={list.map(({ version, at, byName, note }) => ({
          value: version,
          label: `${words.version(version)}${version === newest ? ` · ${words.current}` : ''} · ${timeOf(at)} · ${byName ?? kit.unknown} · ${note}`,
        }))}
        onChange={(version) =>
          setParams(version === newest ? { companyId } : { companyId, version: String(version) })
        }
        popupMatchSelectWidth={false}
        className="version-choice"
      />
    </Space>
  )
}

function Version({ companyId }: { readonly companyId: string }) {
  const words = useWords(catalogueWords)
  const [params, setParams] = useSearchParams()
  const given = params.get('version')
  const old = given === null ? null : Number(given)
  const catalogue = useCatalogue(companyId, old)
  return (
    <>
      {old === null ? null : (
        <Alert
          type="info"
          showIcon
          title={words.readOnly}
          action={
            <Button size="small" onClick={() => setParams({ companyId })}>
              {words.backToCurrent}
            </Button>
          }
        />
      )}
      <Loaded query={catalogue} rows={10}>
        {(data) => <Editor key={old ?? 'now'} catalogue={data} readOnly={old !== null} />}
      </Loaded>
    </>
  )
}
