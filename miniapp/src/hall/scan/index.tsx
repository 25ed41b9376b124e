import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { write } from '../../api/client'
import type { OpenedScan } from '../../api/types'
import { fullMoment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { onPhoneOf, scanTokenIn } from '../../platform/code-link'
import { login } from '../../platform/login'
import { go, replace } from '../../routes'
import { useScannedPc } from '../../state/scanned'
import { useResource } from '../../state/resource'
import { Button, Card, Empty, Fact, Field, Icon, Page, Show, usePress } from '../../ui'
import { said } from '../words'
import '../hall.scss'

const bones = [220, 300] as const

/** What a code on a PC's screen leads to: `?q`, `?qrCode` or `?t`. It signs the PC in, or opens a bill to be paid here. */
export default function ScanPage() {
  const { params } = useRouter()
  usePortalLoaded()
  const arrived = useScannedPc((state) => state.token)
  const token = params['t'] ?? scanTokenIn(params['q']) ?? scanTokenIn(params['qrCode']) ?? arrived
  const target = token === null ? null : onPhoneOf(token)
  if (login.environment === 'browser') {
    return (
      <Page title={said.title}>
        <Empty icon="scan" title={said.walletTitle} text={said.walletText} />
      </Page>
    )
  }
  return (
    <Page title={said.title}>
      {target === null ? (
        <Empty icon="scan" title={said.noTokenTitle} text={said.noTokenText} />
      ) : target.kind === 'pc' ? (
        <Gate bones={bones}>{() => <Ask key={target.token} token={target.token} />}</Gate>
      ) : (
        <Onward billId={target.kind === 'bill' ? target.billId : null} />
      )}
    </Page>
  )
}

/** Leads to the very bill that the PC shows; this page does not stay behind it. */
function Onward({ billId }: { billId: string | null }) {
  useEffect(() => {
    if (billId === null) go('bills')
    else void replace('bill', { billId })
  }, [billId])
  return null
}

function Ask({ token }: { token: string }) {
  const { resource, retry } = useResource(token, () => write('scans.open', { token }))
  const [done, setDone] = useState<'confirmed' | 'refused' | null>(null)
  if (done !== null) return <Done done={done} />
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(scan) => <Question scan={scan} token={token} onDone={setDone} />}
    </Show>
  )
}

interface QuestionProps {
  scan: OpenedScan
  token: string
  onDone(done: 'confirmed' | 'refused'): void
}

function Question({ scan, token, onDone }: QuestionProps) {
  const [digits, setDigits] = useState('')
  const [shown, setShown] = useState(false)
  const whole = /^\d{2}$/.test(digits)
  const yes = usePress(async () => {
    setShown(true)
    if (!whole) return
    try {
      await write('scans.confirm', { token, digits })
      onDone('confirmed')
    } catch (error) {
      setDigits('')
      throw error
    }
  })
  const no = usePress(async () => {
    await write('scans.refuse', { token })
    onDone('refused')
  })
  return (
    <>
      <Card className="scan-question">
        <View className="badge">
          <Icon name="scan" />
        </View>
        <View className="t-head" role="heading" aria-level={1}>
          {said.question}
        </View>
      </Card>
      <Card>
        <Fact label={said.browser} value={scan.browser} />
        <Fact label={said.network} value={scan.sameNetwork ? said.same : said.other(scan.network)} />
        <Fact label={said.when} value={fullMoment(scan.askedAt)} />
      </Card>
      <Card list>
        <Field
          id="scan-digits"
          label={said.digits}
          value={digits}
          onInput={setDigits}
          placeholder={said.digitsHolder}
          maxLength={2}
          error={shown && !whole ? said.digitsWrong : null}
        />
      </Card>
      <View className="t-2" id="scan-warn">
        {said.warn}
      </View>
      <Button id="scan-confirm" busy={yes.busy} onClick={yes.press}>
        {said.confirm}
      </Button>
      <Button kind="plain" id="scan-refuse" busy={no.busy} onClick={no.press}>
        {said.refuse}
      </Button>
    </>
  )
}

const Done = ({ done }: { done: 'confirmed' | 'refused' }) => (
  <View id={`scan-${done}`}>
    <Empty
      icon={done === 'confirmed' ? 'check' : 'shield'}
      title={said[`${done}Title`]}
      text={said[`${done}Text`]}
    >
      <Button kind="soft" onClick={() => go('home')}>
        {said.home}
      </Button>
    </Empty>
  </View>
)
