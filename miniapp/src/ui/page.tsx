import { View } from '@tarojs/components'
import Taro, { useDidShow } from '@tarojs/taro'
import { type ReactNode, useEffect } from 'react'
import { HallFrame, useWide } from '../platform/hall'
import { login } from '../platform/login'
import { brandStyle } from '../design/brand'
import { tick } from '../state/now'
import { useSettings } from '../state/settings'
import { callHotline } from '../parts/hotline'
import { WaitingActs } from '../parts/waiting-acts'
import { words } from '../words'
import { classes } from './classes'
import { focusable } from './focusable'
import { nameTabs } from './name-tabs'
import { Icon } from './icon'

interface PageProps {
  /** The bar above the page; wallets draw it themselves, a plain browser does not. */
  title: string
  children: ReactNode
  /** A company's colour where the page belongs to one company. */
  brand?: string | undefined
  /** Tab pages have nowhere to go back to. */
  tab?: boolean
  /** In the hall its cards stand in two columns. */
  cols?: boolean
  className?: string
  /** The page has a big button for a call of its own. */
  hasCall?: boolean
}

const drawsOwnBar = login.environment === 'browser'

export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else void Taro.switchTab({ url: '/pages/home/index' })
}

/** The ground of every page: modes, brand, bar and body. */
export function Page({ title, children, brand, tab, cols, className, hasCall = false }: PageProps) {
  const wide = useWide()
  const elder = useSettings((settings) => settings.elder)
  const largest = useSettings((settings) => settings.elder && settings.largest)
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title })
  }, [title])
  useDidShow(() => {
    tick()
    if (tab) nameTabs()
  })
  return (
    <View className={classes('yh', elder && 'elder', largest && 'largest', wide && 'wide', className)}>
      {wide ? (
        <HallFrame title={title} tab={tab === true} />
      ) : drawsOwnBar ? (
        <View className="nav">
          {tab ? null : (
            <View
              className="nav-back"
              role="button"
              ariaLabel={words.common.back}
              {...focusable}
              onClick={goBack}
            >
              <Icon name="left" />
            </View>
          )}
          {title}
        </View>
      ) : null}
      <View
        className={classes('page-body', brand && 'branded', cols && 'cols')}
        style={brandStyle(brand)}
        {...focusable}
      >
        {elder && !hasCall ? <CallAPerson /> : null}
        <WaitingActs />
        {children}
      </View>
    </View>
  )
}

/** In elder mode a person is one tap away on every page. */
const CallAPerson = () => (
  <View
    className="call-person"
    id="call-person"
    role="button"
    hoverClass="row-pressed"
    {...focusable}
    onClick={() => callHotline()}
  >
    <Icon name="phone" />
    {words.common.callPerson}
  </View>
)

/** Buttons that stay at the bottom; an empty block of their height keeps the last card above them. */
export const Foot = ({ children }: { children: ReactNode }) => (
  <>
    <View className="foot-room" />
    <View className="foot">{children}</View>
  </>
)
