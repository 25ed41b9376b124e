import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../api/client'
import type { Output } from '../api/types'
import { fullMoment } from '../format'
import { clientVersion } from '../state/portal'
import { Button, Card, Row, Sheet, succeed, Tag, usePress } from '../ui'
import { said } from './words'

type Purpose = Output<'privacy.readMine'>['purposes'][number]

interface ConsentsProps {
  purposes: readonly Purpose[]
  onChanged(): void
}

/** One row for each purpose. Giving and taking back are the same two taps: the row, and one of two equal buttons. */
export function Consents({ purposes, onChanged }: ConsentsProps) {
  const [open, setOpen] = useState<Purpose | null>(null)
  return (
    <>
      <View className="t-2">{purposes.length === 0 ? said.noConsents : said.consentsText}</View>
      {purposes.length === 0 ? null : (
        <Card list>
          {purposes.map((purpose) => (
            <Row
              key={purpose.id}
              id={`consent-${purpose.id}`}
              title={purpose.title}
              note={purpose.at === null ? said.states[purpose.state] : fullMoment(purpose.at)}
              side={
                purpose.at === null ? null : (
                  <Tag
                    text={said.states[purpose.state]}
                    tone={purpose.state === 'granted' ? 'ok' : 'plain'}
                  />
                )
              }
              onClick={() => setOpen(purpose)}
            />
          ))}
        </Card>
      )}
      {open === null ? null : (
        <ConsentSheet
          purpose={open}
          onClose={() => setOpen(null)}
          onDecided={() => {
            setOpen(null)
            onChanged()
          }}
        />
      )}
    </>
  )
}

interface ConsentSheetProps {
  purpose: Purpose
  onClose(): void
  onDecided(): void
}

function ConsentSheet({ purpose, onClose, onDecided }: ConsentSheetProps) {
  const isGranted = purpose.state === 'granted'
  const decide = (granted: boolean) => async () => {
    // Nothing changes, so nothing is recorded.
    if (granted && isGranted) return onClose()
    await write('privacy.decideConsent', {
      purpose: purpose.id,
      version: purpose.version,
      granted,
      clientVersion,
    })
    succeed(granted ? said.agreed : isGranted ? said.withdrawn : said.refused)
    onDecided()
  }
  const no = usePress(decide(false))
  const yes = usePress(decide(true))
  return (
    <Sheet title={purpose.title} onClose={onClose}>
      <View className="stack">
        <View className="between">
          <View className="t-3">{said.version(purpose.version)}</View>
          {purpose.sensitive ? <Tag text={said.sensitive} tone="warn" /> : null}
        </View>
        {purpose.paragraphs.map((paragraph) => (
          <View key={paragraph}>{paragraph}</View>
        ))}
        <View className="between">
          <View className="grow">
            <Button id="consent-no" kind="soft" busy={no.busy} onClick={no.press}>
              {isGranted ? said.withdraw : said.refuse}
            </Button>
          </View>
          <View className="grow">
            <Button id="consent-yes" kind="soft" busy={yes.busy} onClick={yes.press}>
              {isGranted ? said.keep : said.agree}
            </Button>
          </View>
        </View>
      </View>
    </Sheet>
  )
}
