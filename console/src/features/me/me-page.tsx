import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Output } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { Facts } from '../../kit/facts'
import { timeOf } from '../../kit/format'
import { Loaded } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { agentWords } from './agent'
import { useEndSession } from './api/end-session'
import { useSessions } from './api/list-sessions'
import { PhoneCard } from './phone-card'
import { meWords } from './words'

interface MePageProps {
  readonly password: ReactNode
  readonly factor: ReactNode
}

/** My account, where I am signed in, my password and my authenticator; those forms belong to signing in. */
export function MePage({ password, factor }: MePageProps) {
  const words = useWords(meWords)
  const kit = useWords(kitWords)
  const me = useMe()
  const companies = useCompanies(me)
  const sessions = useSessions()
  const roles = me.roles.length === 0 ? words.noRoles : me.roles.map((role) => kit.role[role]).join('、')
  return (
    <Page title={words.title}>
      <div className="me">
        <section className="card">
          <h2>{words.account}</h2>
          <Facts
            rows={[
              [words.loginName, me.loginName],
              [words.roles, roles],
              [
                words.companies,
                me.companies === null ? words.allCompanies : companies.map(({ name }) => name).join('、'),
              ],
              [words.idle, words.minutes(Math.round(me.idleMs / 60_000))],
            ]}
          />
        </section>
        <section className="card">
          <h2>{words.sessions}</h2>
          <Loaded query={sessions} rows={3}>
            {(data) => (
              <ul className="lines">
                {data.sessions.map((session) => (
                  <Session key={session.id} session={session} />
                ))}
              </ul>
            )}
          </Loaded>
        </section>
        <PhoneCard />
        <section className="card">
          <h2>{words.password}</h2>
          {password}
        </section>
        <section className="card">
          <h2>{words.factor}</h2>
          {factor}
        </section>
      </div>
    </Page>
  )
}

function Session({ session }: { readonly session: Output<'staff.sessions'>['sessions'][number] }) {
  const words = useWords(meWords)
  const { done, failed } = useSay()
  const end = useEndSession()
  const agent = agentWords(session.agent)
  return (
    <li>
      <span className="grow">
        <b>{agent}</b> {session.current ? <span className="chip chip-ok">{words.current}</span> : null}
        <br />
        <span className="quiet num">
          {session.ip ?? '—'} · {words.since(timeOf(session.createdAt))} ·{' '}
          {words.lastSeen(timeOf(session.lastSeenAt))}
        </span>
      </span>
      {session.current ? null : (
        <Button
          size="small"
          aria-label={words.endOf(agent)}
          loading={end.isPending}
          onClick={() =>
            end.mutate({ sessionId: session.id }, { onSuccess: () => done(words.ended), onError: failed })
          }
        >
          {words.end}
        </Button>
      )}
    </li>
  )
}
