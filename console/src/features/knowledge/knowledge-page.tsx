import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select, Tabs } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { Company } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { ArticleList } from './article-list'
import { Found } from './found'
import { ImportDialog } from './import-dialog'
import { ReportTab } from './report-tab'
import { SynonymsTab } from './synonyms-tab'
import { knowledgeWords } from './words'

const tabs = ['articles', 'due', 'report', 'synonyms'] as const

/** Everything that agents and residents can look up, and how well it serves. */
export function KnowledgePage() {
  const words = useWords(knowledgeWords)
  const may = useMay()
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const [importing, setImporting] = useState(false)
  const shown = tabs.filter(
    (tab) =>
      (tab !== 'report' || may('knowledge.report')) && (tab !== 'synonyms' || may('knowledge.synonyms')),
  )
  const tab = shown.find((one) => one === params.get('tab')) ?? 'articles'
  const companyId = params.get('companyId')
  const q = params.get('q') ?? ''
  const keepCompany = companyId === null ? {} : { companyId }
  return (
    <Page
      title={words.title}
      actions={
        <Actions
          tab={tab}
          q={q}
          companyId={companyId}
          companies={companies}
          onImport={() => setImporting(true)}
        />
      }
    >
      {q === '' ? (
        <>
          <Tabs
            aria-label={words.tabs}
            activeKey={tab}
            onChange={(next) => setParams({ tab: next, ...keepCompany })}
            items={shown.map((key) => ({ key, label: words.tabOf[key] }))}
          />
          {tab === 'articles' || tab === 'due' ? (
            <ArticleList key={tab} due={tab === 'due'} companyId={companyId} />
          ) : null}
          {tab === 'report' ? <ReportTab companyId={companyId} /> : null}
          {tab === 'synonyms' ? <SynonymsTab companies={companies} /> : null}
        </>
      ) : (
        <Found q={q} companyId={companyId} onBack={() => setParams({ tab, ...keepCompany })} />
      )}
      {importing ? (
        <ImportDialog companies={companies} companyId={companyId} onClose={() => setImporting(false)} />
      ) : null}
    </Page>
  )
}

interface ActionsProps {
  readonly tab: string
  readonly q: string
  readonly companyId: string | null
  readonly companies: readonly Company[]
  readonly onImport: () => void
}

function Actions({ tab, q, companyId, companies, onImport }: ActionsProps) {
  const words = useWords(knowledgeWords)
  const kit = useWords(kitWords)
  const may = useMay()
  const go = useNavigate()
  const [, setParams] = useSearchParams()
  const keepCompany = companyId === null ? {} : { companyId }
  return (
    <>
      <Input.Search
        key={q}
        className="find-articles"
        aria-label={words.find}
        placeholder={words.find}
        maxLength={60}
        allowClear
        defaultValue={q}
        onSearch={(next) => setParams({ tab, ...keepCompany, ...(next.trim() !== '' && { q: next.trim() }) })}
      />
      {companies.length > 1 ? (
        <Select
          aria-label={kit.company}
          placeholder={kit.allCompanies}
          allowClear
          value={companyId}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: string | undefined) =>
            setParams({ tab, ...(id !== undefined && { companyId: id }), ...(q !== '' && { q }) })
          }
          popupMatchSelectWidth={false}
        />
      ) : null}
      {may('knowledge.import') ? (
        <Button icon={<ImportOutlined aria-hidden />} onClick={onImport}>
          {words.import}
        </Button>
      ) : null}
      {may('knowledge.save') ? (
        <Button
          type="primary"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => void go('/knowledge/write')}
        >
          {words.new}
        </Button>
      ) : null}
    </>
  )
}
