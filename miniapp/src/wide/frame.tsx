import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useLayoutEffect } from 'react'
import { write } from '../api/client'
import { isOffline } from '../api/errors'
import { brandStyle } from '../design/brand'
import { go, type RouteName, replace, routes } from '../routes'
import { Photo } from '../platform/photo'
import { useHouse } from '../state/house'
import { isSignedIn, signOutHere, useSession } from '../state/session'
import { setElder, useSettings } from '../state/settings'
import { classes } from '../ui/classes'
import { focusable } from '../ui/focusable'
import { Icon, type IconName } from '../ui/icon'
import { usePress } from '../ui/press'
import { words } from '../words'
import { said } from './words'

const entries: readonly (readonly [keyof typeof said.nav, IconName])[] = [
  ['home', 'home'],
  ['bills', 'bill'],
  ['records', 'records'],
  ['usage', 'tariff'],
  ['statement', 'shield'],
  ['invoices', 'message'],
  ['requests', 'repair'],
  ['notices', 'notice'],
  ['outlets', 'place'],
  ['me', 'person'],
]
/** A page has an entry as soon as it exists. */
const isRoute = (name: string): name is RouteName => name in routes

/** Which entry is lit on pages that belong to none by themselves. */
const belongs: readonly (readonly [RegExp, keyof typeof said.nav])[] = [
  [/^\/pages\/(bill|cashier|tariff)\//, 'bills'],
  [/^\/pages\/(result|receipt)\//, 'records'],
  [/^\/(requests|heat)\//, 'requests'],
  [/^\/notices\//, 'notices'],
  [/^\/usage\/|^\/meter\//, 'usage'],
  [/^\/papers\//, 'statement'],
  [/^\/invoices\//, 'invoices'],
  [/^\/outlets\//, 'outlets'],
  [/^\/pages\/(messages|switches|privacy|bind|login)\/|^\/(family|privacy)\//, 'me'],
]

function entryOf(path: string): string {
  const own = entries.find(([name]) => isRoute(name) && routes[name] === path)
  return own?.[0] ?? belongs.find(([pattern]) => pattern.test(path))?.[1] ?? ''
}

/** Pages stay alive below the one on top; a hall is wandered through all day, so their number is held. */
const deepest = 6

function visit(name: RouteName): void {
  const tab = name === 'home' || name === 'bills' || name === 'me'
  if (tab || Taro.getCurrentPages().length < deepest) go(name)
  else void replace(name)
}

let frames = 0

/** The router's own tab bar lies outside of our pages, so the whole document is told while any page is the hall's. */
function markHall(more: 1 | -1): void {
  frames += more
  document.documentElement.classList.toggle('hall', frames > 0)
}

export function HallFrame({ title, tab }: { title: string; tab: boolean }) {
  const { path } = useRouter()
  useLayoutEffect(() => {
    markHall(1)
    return () => markHall(-1)
  }, [])
  const { colour } = useHouse()
  const lit = entryOf(`/${path.replace(/^\//, '').split('?')[0] ?? ''}`)
  return (
    <>
      <Top />
      <View
        className={classes('hall-nav', colour && 'branded')}
        style={brandStyle(colour)}
        role="navigation"
        ariaLabel={said.navigation}
      >
        {entries.map(([name, icon]) =>
          isRoute(name) ? (
            <View
              key={name}
              id={`nav-${name}`}
              className={classes('hall-entry', lit === name && 'lit')}
              role="link"
              {...focusable}
              {...(lit === name ? { 'aria-current': 'page' } : {})}
              onClick={() => visit(name)}
            >
              <Icon name={icon} />
              {said.nav[name]}
            </View>
          ) : null,
        )}
      </View>
      <View className="hall-head">
        {tab ? null : (
          <View
            className="hall-back"
            role="button"
            {...focusable}
            ariaLabel={words.common.back}
            onClick={() => (Taro.getCurrentPages().length > 1 ? void Taro.navigateBack() : go('home'))}
          >
            <Icon name="left" />
          </View>
        )}
        <View className="hall-title" role="heading" aria-level={1}>
          {lit === 'home' ? said.nav.home : title}
        </View>
      </View>
    </>
  )
}

/** Whose hall it is, whom to call, and who is in. */
function Top() {
  const { name, hotline, colour, logo } = useHouse()
  const signedIn = useSession(isSignedIn)
  const me = useSession((session) => session.me)
  const elder = useSettings((settings) => settings.elder)
  const leave = usePress(async () => {
    try {
      await write('sessions.end', {})
    } catch (error) {
      if (!isOffline(error)) throw error
    }
    signOutHere()
    go('home')
  })
  return (
    <View className={classes('hall-top', colour && 'branded')} style={brandStyle(colour)} role="banner">
      <View className="hall-mark">
        {logo === null ? (
          <View className="hall-sign">
            <Icon name="home" />
          </View>
        ) : (
          <Photo className="hall-logo" src={logo} label="" />
        )}
        <View className="hall-name">{name}</View>
        <View className="hall-kind">{said.hall}</View>
      </View>
      {hotline ? (
        <View className="hall-hotline num">
          <Icon name="phone" />
          {`${said.hotline} ${hotline}`}
        </View>
      ) : null}
      <View
        className="hall-act"
        id="hall-elder"
        role="button"
        {...focusable}
        onClick={() => void setElder(!elder)}
      >
        {elder ? said.elderOff : said.elder}
      </View>
      {signedIn ? (
        <>
          <View className="hall-who num" id="hall-who">
            {me?.phoneMasked ?? said.signedIn}
          </View>
          <View className="hall-act" id="hall-leave" role="button" {...focusable} onClick={leave.press}>
            {said.signOut}
          </View>
        </>
      ) : null}
    </View>
  )
}
