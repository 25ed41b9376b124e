import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read, write } from '../../api/client'
import type { Proof } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { PaperButton } from '../../parts/paper-button'
import { Button, Card, Page, succeed, usePress } from '../../ui'
import { ProofFacts } from '../proof-facts'
import { said } from '../words'
import '../papers.scss'

/** The proof of one payment for one household: made at a tap, with the code that others check. */
export default function ProofPage() {
  const { params } = useRouter()
  usePortalLoaded()
  const of = { paymentId: params['paymentId'] ?? '', householdId: params['householdId'] ?? '' }
  return (
    <Page title={said.proof} className="papers">
      <Gate guests bones={[420]}>
        {() => <Content of={of} />}
      </Gate>
    </Page>
  )
}

function Content({ of }: { of: { paymentId: string; householdId: string } }) {
  const [proof, setProof] = useState<Proof | null>(null)
  const { busy, press } = usePress(async () => {
    setProof((await write('papers.makeProof', of)).proof)
  })
  if (proof === null)
    return (
      <Card className="stack">
        <View className="t-title">{said.proof}</View>
        <View className="t-2">{said.proofText}</View>
        <Button id="make-proof" busy={busy} onClick={press}>
          {said.proofMake}
        </Button>
      </Card>
    )
  return (
    <>
      <ProofFacts proof={proof} />
      <View className="t-3">{said.proofText}</View>
      <Card className="stack">
        <PaperButton
          id="proof-pdf"
          label={said.proofPdf}
          format="pdf"
          kind="main"
          ask={() => read('papers.linkProof', of)}
        />
        <CopyLink url={proof.verifyUrl} />
      </Card>
    </>
  )
}

function CopyLink({ url }: { url: string }) {
  const { busy, press } = usePress(async () => {
    await Taro.setClipboardData({ data: url })
    succeed(said.copied)
  })
  return (
    <Button id="proof-copy" kind="soft" busy={busy} onClick={press}>
      {said.copyLink}
    </Button>
  )
}
