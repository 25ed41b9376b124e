import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useWords } from '../../words/language'
import { useCounts } from './api/count-requests'
import { inputFrom, withFilter } from './filters'
import { inboxWords } from './words'

/** Counted up to 999; what is not known yet has no number. */
const counted = (count: number | undefined, more: string): string =>
  count === undefined ? '' : count > 998 ? more : String(count)

export function InboxTabs() {
  const words = useWords(inboxWords)
  const [params, setParams] = useSearchParams()
  const { tab, companyId } = inputFrom(params)
  const counts = useCounts(companyId).data
  const label = (name: string, count: number | undefined) => (
    <span>
      {name} <span className="num count">{counted(count, words.more999)}</span>
    </span>
  )
  return (
    <Tabs
      // The line under a tab is measured once: with the counts it must be measured anew.
      key={counts === undefined ? 'uncounted' : 'counted'}
      aria-label={words.tabs}
      activeKey={tab ?? 'all'}
      onChange={(next) => setParams(withFilter(params, 'tab', next))}
      items={[
        { key: 'mine', label: label(words.mine, counts?.mine) },
        { key: 'team', label: label(words.team, counts?.team) },
        { key: 'all', label: label(words.everything, counts?.all) },
      ]}
    />
  )
}
