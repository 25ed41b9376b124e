import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { useWords } from '../../words/language'
import { useOutlets } from './api'
import { CounterTab } from './counter-tab'
import { FactsTab } from './facts-tab'
import { outletWords } from './words'

/** The counter where numbers are called, and what residents read of each outlet. */
export function OutletsPage() {
  const words = useWords(outletWords)
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const outlets = useOutlets()
  const tabs = [
    ...(may('outletDesk.queue') ? (['queue'] as const) : []),
    ...(may('outletDesk.save') ? (['facts'] as const) : []),
  ]
  const chosen = tabs.find((tab) => tab === params.get('tab')) ?? tabs[0] ?? 'facts'
  return (
    <Page title={words.title}>
      <Tabs
        aria-label={words.tabs}
        activeKey={chosen}
        items={tabs.map((tab) => ({ key: tab, label: words.tab[tab] }))}
        onChange={(tab) => setParams({ tab })}
      />
      <Loaded query={outlets}>
        {({ outlets: all }) =>
          chosen === 'queue' ? <CounterTab outlets={all} /> : <FactsTab outlets={all} />
        }
      </Loaded>
    </Page>
  )
}
