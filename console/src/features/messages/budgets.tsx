import { Progress } from 'antd'
import type { MessageReport } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { yuan } from '../../kit/format'
import { useMe } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { usedPercent } from './tally'
import { messageWords } from './words'

const tones = { fine: 'ok', warned: 'warn', stopped: 'bad' } as const
const bars = { fine: 'normal', warned: 'active', stopped: 'exception' } as const

/** What text messages cost this month and what they may. */
export function Budgets({ budgets }: Pick<MessageReport, 'budgets'>) {
  const words = useWords(messageWords)
  const companies = useCompanies(useMe())
  if (budgets.length === 0) return null
  return (
    <section className="card" aria-labelledby="sms-budgets">
      <h2 id="sms-budgets">{words.budgets}</h2>
      <ul className="budgets">
        {budgets.map(({ companyId, month, costFen, budgetFen, state }) => {
          const name = companies.find(({ id }) => id === companyId)?.name ?? companyId
          return (
            <li key={`${companyId}-${month}`}>
              <p>
                <b>{name}</b> <span className="quiet num">{month}</span>{' '}
                <span className={`chip chip-${tones[state]}`}>{words.budgetState[state]}</span>
              </p>
              <Progress
                aria-label={name}
                percent={usedPercent(costFen, budgetFen)}
                status={bars[state]}
                size="small"
              />
              <p className="num quiet">{words.budgetOf(yuan(costFen), yuan(budgetFen))}</p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
