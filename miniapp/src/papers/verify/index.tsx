import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import type { CheckedProof } from '../../api/types'
import { usePortalLoaded } from '../../parts/gate'
import { callHotline } from '../../parts/hotline'
import { useResource } from '../../state/resource'
import { Button, Card, classes, Icon, Line, Page, Show } from '../../ui'
import { words } from '../../words'
import { ProofFacts } from '../proof-facts'
import { said } from '../words'
import '../papers.scss'

/** Whether a proof is genuine and still so, for anybody: nobody signs in, nothing is asked of them. `?code` */
export default function VerifyPage() {
  const { params } = useRouter()
  usePortalLoaded()
  const [asked, setAsked] = useState(params['code'] ?? '')
  return (
    <Page title={said.verify} className="papers">
      {asked === '' ? <Ask onAsk={setAsked} /> : <Answer code={asked} onAgain={() => setAsked('')} />}
    </Page>
  )
}

function Ask({ onAsk }: { onAsk(code: string): void }) {
  const [code, setCode] = useState('')
  return (
    <Card className="stack">
      <View className="t-title">{said.verify}</View>
      <View className="t-2">{said.verifyText}</View>
      <Line
        id="verify-code"
        label={said.verifyField}
        value={code}
        onInput={setCode}
        placeholder={said.verifyHolder}
        maxLength={24}
      />
      <Button id="verify-ask" disabled={code.trim() === ''} onClick={() => onAsk(code.trim())}>
        {said.verifyButton}
      </Button>
    </Card>
  )
}

function Answer({ code, onAgain }: { code: string; onAgain(): void }) {
  const { resource, retry } = useResource(code, () => read('papers.checkProof', { code }))
  return (
    <Show resource={resource} bones={[160, 420]} onRetry={retry}>
      {(checked) => (
        <>
          <Verdict checked={checked} />
          {checked.result === 'genuine' ? <ProofFacts proof={checked} /> : null}
          <Button id="verify-again" kind="soft" onClick={onAgain}>
            {said.again}
          </Button>
          {checked.result === 'unknown' ? (
            <Button kind="plain" onClick={callHotline}>
              {words.common.callHotline}
            </Button>
          ) : null}
        </>
      )}
    </Show>
  )
}

function Verdict({ checked }: { checked: CheckedProof }) {
  const good = checked.result === 'genuine' && checked.state !== 'refunded'
  const [title, text] = verdictOf(checked)
  return (
    <Card className="stack" id="verdict">
      <View
        className={classes('papers-verdict', 't-head', good ? 'good' : 'bad')}
        role="heading"
        aria-level="2"
      >
        <Icon name={good ? 'check' : 'alert'} />
        {title}
      </View>
      <View className="t-2">{text}</View>
    </Card>
  )
}

function verdictOf(checked: CheckedProof): readonly [string, string] {
  if (checked.result === 'mistyped') return [said.mistyped, said.mistypedText]
  if (checked.result === 'unknown') return [said.notOurs, said.notOursText]
  return [checked.state === 'refunded' ? said.genuineBack : said.genuine, said.genuineText]
}
