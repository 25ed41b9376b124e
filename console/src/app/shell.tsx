import { Layout, Modal } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { Outlet, useLocation } from 'react-router'
import { useMe } from '../kit/me-context'
import { useWords } from '../words/language'
import { Header } from './header'
import { mayOpen } from './menu'
import { Navigation } from './navigation'
import { NotFound } from './not-found'
import { signOut } from './sign-out'
import { useIdle } from './use-idle'
import { useLive } from './use-live'
import { appWords } from './words'

interface ShellProps {
  /** Stands over every page. */
  readonly popups?: ReactNode
  /** Stands in the header. */
  readonly seat?: ReactNode
}

/** The frame around every page: header, menu, what others change, and the empty chair. */
export function Shell({ popups, seat }: ShellProps) {
  const words = useWords(appWords)
  const me = useMe()
  const live = useLive(me.may.includes('desk.list') || me.may.includes('notices.deskList'))
  const { pathname } = useLocation()
  return (
    <Layout className="shell">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <Header live={live} seat={seat} />
      <div className="shell-body">
        <Navigation />
        <main id="content" tabIndex={-1}>
          {mayOpen(pathname, me.may) ? <Outlet /> : <NotFound />}
        </main>
      </div>
      {popups}
      <IdleGuard idleMs={me.idleMs} />
    </Layout>
  )
}

function IdleGuard({ idleMs }: { readonly idleMs: number }) {
  const words = useWords(appWords)
  const { state, touch } = useIdle(idleMs)
  useEffect(() => {
    if (state.kind === 'gone') void signOut()
  }, [state.kind])
  return (
    <Modal
      open={state.kind === 'warn'}
      title={words.idleTitle}
      okText={words.stay}
      onOk={touch}
      onCancel={() => void signOut()}
      cancelText={words.signOut}
      mask={{ closable: false }}
      closable={false}
    >
      {state.kind === 'warn' ? words.idleText(state.seconds) : null}
    </Modal>
  )
}
