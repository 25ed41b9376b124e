import type { PropsWithChildren } from 'react'
import { useDidShow, useLaunch } from '@tarojs/taro'
import { onLostPage } from './platform/lost-page'
import { recordConsent } from './state/portal'
import { openScanned } from './state/scanned'
import { useSession } from './state/session'
import { explainLostPage } from './ui/feedback'
import './app.scss'

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    onLostPage(explainLostPage)
    // A consent that could not be recorded last time is recorded as soon as somebody is signed in again.
    const stop = useSession.subscribe((session) => {
      if (session.stage !== 'in') return
      stop()
      void recordConsent()
    })
  })
  // Alipay hands a scanned code to the app: at a hot start only here, and again each time the app comes back.
  useDidShow((options?: unknown) => openScanned(options))
  return children
}
