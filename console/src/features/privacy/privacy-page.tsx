import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { Page } from '../../kit/page'
import { useWords } from '../../words/language'
import { AskedTable } from './asked-table'
import { RecipientList } from './recipient-list'
import { RegisterList } from './register-list'
import { RetentionReport } from './retention-report'
import { privacyWords } from './words'

const TABS = ['asked', 'retention', 'register', 'recipients'] as const

/** For whoever answers for personal data: what was asked and until when, what was cleared away, and the register. */
export function PrivacyPage() {
  const words = useWords(privacyWords)
  const [params, setParams] = useSearchParams()
  const bodies = {
    asked: <AskedTable />,
    retention: <RetentionReport />,
    register: <RegisterList />,
    recipients: <RecipientList />,
  }
  return (
    <Page title={words.title}>
      <p className="quiet">{words.hint}</p>
      <Tabs
        activeKey={TABS.find((tab) => tab === params.get('tab')) ?? 'asked'}
        onChange={(tab) => setParams({ tab })}
        destroyOnHidden
        items={TABS.map((key) => ({ key, label: words.tabs[key], children: bodies[key] }))}
      />
    </Page>
  )
}
