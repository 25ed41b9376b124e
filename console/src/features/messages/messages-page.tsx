import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { useWords } from '../../words/language'
import { HistoryTab } from './history-tab'
import { ReportTab } from './report-tab'
import { messageWords } from './words'

/** What was said to residents and what became of it: by kind and day, or to one household. */
export function MessagesPage() {
  const words = useWords(messageWords)
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const tabs = [
    ...(may('messages.report') ? [{ key: 'report', label: words.report, children: <ReportTab /> }] : []),
    ...(may('messages.history') ? [{ key: 'history', label: words.history, children: <HistoryTab /> }] : []),
  ]
  const wanted = params.get('tab') ?? ''
  const active = tabs.some(({ key }) => key === wanted) ? wanted : (tabs[0]?.key ?? '')
  return (
    <Page title={words.title}>
      <Tabs
        className="tabbed"
        aria-label={words.tabs}
        activeKey={active}
        destroyOnHidden
        items={tabs}
        onChange={(tab) => setParams({ tab })}
      />
    </Page>
  )
}
