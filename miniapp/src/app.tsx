import type { PropsWithChildren } from 'react'
import { useDidShow, useLaunch } from '@tarojs/taro'
import { serveKeyboard } from './platform/keyboard'
import { onLostPage } from './platform/lost-page'
import { loadPortal, recordConsent } from './state/portal'
import { openScanned } from './state/scanned'
import { beginSession, useSession } from './state/session'
import { beginLanguage } from './state/settings'
import { serveWaiting, waitingLine } from './state/waiting'
import { explainLostPage } from './ui/feedback'
import './app.scss'

beginLanguage()
beginSession()
// Asked here, the answer is on its way while the first page's scripts still are.
loadPortal().catch(() => {
  // Pages show their own failure when the description was never seen.
})

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    onLostPage(explainLostPage)
    serveKeyboard()
    serveWaiting()
    // A consent that could not be recorded last time is recorded as soon as somebody is signed in again.
    const stop = useSession.subscribe((session) => {
      if (session.stage !== 'in') return
      stop()
      void recordConsent()
    })
  })
  // Alipay hands a scanned code to the app: at a hot start only here, and again each time the app comes back.
  useDidShow((options?: unknown) => {
    openScanned(options)
    void waitingLine.run()
  })
  return children
}
