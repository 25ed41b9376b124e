import { View } from '@tarojs/components'
import { ApiError } from '../api/errors'
import type { OpenedCode } from '../api/types'
import { callHotline } from '../parts/hotline'
import { tokenIn } from '../platform/code-link'
import { scan } from '../platform/scan'
import { keepScanned } from '../state/scanned'
import { Button, Empty, usePress } from '../ui'
import { words } from '../words'
import { said } from './words'

/** Scans again from inside the app, where the phone lets us. */
function ScanAgain() {
  const { busy, press } = usePress(async () => {
    const text = await scan.text()
    if (text === null) return
    const token = tokenIn(text)
    if (token === null) throw new ApiError('not_a_code', words.code.notOurs)
    keepScanned(token)
  })
  if (!scan.available) return null
  return (
    <Button small id="code-scan-again" busy={busy} onClick={press}>
      {said.scan}
    </Button>
  )
}

const Call = ({ number }: { number?: string }) => (
  <Button small kind="plain" id="code-call" onClick={() => callHotline(number)}>
    {words.common.callHotline}
  </Button>
)

export const NoCode = () => (
  <Empty icon="scan" title={said.none} text={said.noneText}>
    <ScanAgain />
  </Empty>
)

/** Forged, cut off, too old or simply not ours: it reads the same. */
export const Unknown = ({ message }: { message: string }) => (
  <View id="code-not-known">
    <Empty icon="alert" title={said.unknownTitle} text={message}>
      <ScanAgain />
      <Call />
    </Empty>
  </View>
)

/** An old code explains itself: when, why, and what to do now. */
export const Revoked = ({ opened }: { opened: Extract<OpenedCode, { state: 'revoked' }> }) => (
  <View id="code-revoked">
    <Empty icon="alert" title={`${opened.companyName} · ${said.revokedTitle}`} text={opened.words}>
      <ScanAgain />
      <Call number={opened.hotline} />
    </Empty>
  </View>
)
