import { View } from '@tarojs/components'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { Button } from '../ui/button'
import { Icon, type IconName } from '../ui/icon'
import { Qr } from './qr'
import { type ScanLogin, useScanLogin } from './use-scan-login'
import { said } from './words'

/** Who is not signed in at a PC sees the code first; a telephone number is the other way in. */
export function HallSignIn({ onPhone }: { onPhone: () => void }) {
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  // Pages below the one on top stay alive: only one of them asks for a code.
  return shown ? <SignIn onPhone={onPhone} /> : null
}

function SignIn({ onPhone }: { onPhone: () => void }) {
  const { login, again } = useScanLogin()
  return (
    <View className="hall-sign-in">
      <View className="card hall-scan" id="hall-scan">
        <View className="t-head" role="heading" aria-level={2}>
          {said.signIn.title}
        </View>
        <View className="t-2">{said.signIn.text}</View>
        <View className="hall-scan-place" role="status">
          <Place login={login} />
        </View>
        {login.state === 'asking' || login.state === 'entering' ? null : (
          <Button small kind="soft" id="hall-again" onClick={again}>
            {said.signIn.again}
          </Button>
        )}
        <Button small kind="plain" id="hall-by-phone" onClick={onPhone}>
          {said.signIn.byPhone}
        </Button>
      </View>
      <View className="hall-beside">
        <Says title={said.signIn.canTitle} lines={said.signIn.can} icon="check" />
        <Says title={said.signIn.trustTitle} lines={said.signIn.trust} icon="shield" />
      </View>
    </View>
  )
}

function Place({ login }: { login: ScanLogin }) {
  switch (login.state) {
    case 'asking':
      return <View className="bone hall-qr" />
    case 'waiting':
      return (
        <>
          <Qr text={login.link} label={said.signIn.code} />
          <Countdown untilMs={login.untilMs} />
        </>
      )
    case 'seen':
      return (
        <>
          <View className="t-title">{said.signIn.seenTitle}</View>
          <View className="hall-digits num" id="hall-digits">
            {login.digits}
          </View>
          <View className="t-2">{said.signIn.seenText}</View>
        </>
      )
    case 'entering':
      return <View className="t-title">{said.signIn.entering}</View>
    case 'failed':
      return <Over title={said.signIn.failedTitle} text={login.message} />
    default:
      return <Over title={said.signIn[`${login.state}Title`]} text={said.signIn[`${login.state}Text`]} />
  }
}

const Over = ({ title, text }: { title: string; text: string }) => (
  <>
    <Icon name="alert" className="hall-over t-accent" />
    <View className="t-title" id="hall-over">
      {title}
    </View>
    <View className="t-2">{text}</View>
  </>
)

/** Seconds until the code is worth nothing. Whoever hears the page is not told each of them. */
function Countdown({ untilMs }: { untilMs: number }) {
  const left = () => Math.max(0, Math.round((untilMs - Date.now()) / 1000))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 1_000)
    return () => clearInterval(timer)
  })
  return (
    <View className="t-3 num" aria-hidden="true">
      {said.signIn.left(seconds)}
    </View>
  )
}

const Says = ({ title, lines, icon }: { title: string; lines: readonly string[]; icon: IconName }) => (
  <View className="hall-says">
    <View className="t-title" role="heading" aria-level={2}>
      {title}
    </View>
    {lines.map((line) => (
      <View key={line} className="hall-line t-2">
        <Icon name={icon} className="t-accent" />
        <View>{line}</View>
      </View>
    ))}
  </View>
)
