import { type ComponentType, lazy, Suspense, useSyncExternalStore } from 'react'
import { browserEnvironment } from './browser'

/** From here on there is room for a navigation beside the page. */
const window1024 = window.matchMedia('(min-width: 1024px)')
const inBrowser = browserEnvironment(window.navigator.userAgent) === 'browser'

const follow = (changed: () => void): (() => void) => {
  window1024.addEventListener('change', changed)
  return () => window1024.removeEventListener('change', changed)
}
const isWide = (): boolean => inBrowser && window1024.matches

export const useWide = (): boolean => useSyncExternalStore(follow, isWide)

/** Telephones never fetch it. */
const wide = () => import('../wide')
type Wide = Awaited<ReturnType<typeof wide>>

const part = <N extends keyof Wide>(name: N): Wide[N] => {
  const Part = lazy(async () => ({ default: (await wide())[name] as ComponentType<object> }))
  return ((props: object) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  )) as unknown as Wide[N]
}

export const HallFrame = part('HallFrame')
export const HallSignIn = part('HallSignIn')
export const BillTable = part('BillTable')
export const RecordTable = part('RecordTable')
export const PayByPhone = part('PayByPhone')
