import { Spin } from 'antd'
import { Navigate, useLocation } from 'react-router'
import { hasCode } from '../api/errors'
import { useRead } from '../api/query'
import { homeOf } from '../app/menu'
import { Shell } from '../app/shell'
import { CallPopup } from '../features/calls/call-popup'
import { ChatNews } from '../features/chat/seat/chat-news'
import { SeatControl } from '../features/chat/seat/seat-control'
import { OfferPopup } from '../features/dispatch/offer-popup'
import { MustChangePassword } from '../features/sign-in/change-password'
import { LineProvider } from '../kit/line/line-context'
import { Failed } from '../kit/loaded'
import { MeContext, useMe } from '../kit/me-context'
import { kitWords } from '../kit/words'
import { useWords } from '../words/language'

/** Nobody comes past here without being signed in; where they wanted to go is kept. */
export function Gate() {
  const words = useWords(kitWords)
  const me = useRead('staff.me', {})
  const { pathname, search } = useLocation()
  if (me.data) {
    if (me.data.me.mustChangePassword) return <MustChangePassword />
    return (
      <MeContext.Provider value={me.data.me}>
        <LineProvider>
          <Live talks={me.data.me.may.includes('chatDesk.list')} />
        </LineProvider>
      </MeContext.Provider>
    )
  }
  if (me.data === null || hasCode(me.error, 'unauthenticated')) {
    const to = `${pathname}${search}`
    return <Navigate to={to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`} replace />
  }
  if (me.error) return <Failed error={me.error} retry={me.refetch} />
  return <Spin className="waiting" size="large" aria-label={words.loading} />
}

/** What stands over every page and in the header; calls and chats only for who takes them. */
function Live({ talks }: { readonly talks: boolean }) {
  const popups = (
    <>
      <OfferPopup />
      {talks ? <ChatNews /> : null}
      {talks ? <CallPopup /> : null}
    </>
  )
  return <Shell popups={popups} {...(talks && { seat: <SeatControl /> })} />
}

export function Home() {
  const { may } = useMe()
  return <Navigate to={homeOf(may)} replace />
}
