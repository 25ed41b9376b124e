import { Image, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import { ApiError } from '../../api/errors'
import type { Receipt } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { PaperButton } from '../../parts/paper-button'
import { picture } from '../../platform/picture'
import { go } from '../../routes'
import { useResource } from '../../state/resource'
import { Button, Card, Foot, Icon, Page, Row, Show, Sheet, succeed, usePress } from '../../ui'
import { words } from '../../words'
import { drawReceipt, receiptSize } from './draw'
import { ReceiptSlip } from './slip'
import './index.scss'

const bones = [420, 420] as const

export default function ReceiptPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={words.receipt.title}>
      <Gate guests bones={bones}>
        {() => <Content paymentId={params['paymentId'] ?? ''} />}
      </Gate>
    </Page>
  )
}

function Content({ paymentId }: { paymentId: string }) {
  const { resource, retry } = useResource(paymentId, () => read('payments.receipt', { paymentId }), {
    cache: `receipt.${paymentId}`,
  })
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(receipt) => (
        <>
          <ReceiptSlip receipt={receipt} />
          <View className="t-3 center">{words.receipt.note}</View>
          <PaperButton
            id="receipt-pdf"
            label={words.papers.print}
            format="pdf"
            ask={() => read('papers.linkReceipt', { paymentId })}
          />
          <Proofs receipt={receipt} />
          <Card list>
            <Row
              id="to-invoice"
              lead={<Icon name="bill" />}
              title={words.receipt.invoice}
              onClick={() => go('invoiceRequest', { paymentId })}
            />
          </Card>
          <SaveButton receipt={receipt} />
        </>
      )}
    </Show>
  )
}

/** A proof is for one household, so an order for several has several. */
function Proofs({ receipt }: { receipt: Receipt }) {
  const { id: paymentId, bills } = receipt.payment
  const homes = new Map(bills.map((bill) => [bill.householdId, bill.shortAddress]))
  return (
    <Card list>
      {[...homes].map(([householdId, address]) => (
        <Row
          key={householdId}
          lead={<Icon name="shield" />}
          title={words.papers.prove}
          note={address}
          onClick={() => go('proof', { paymentId, householdId })}
        />
      ))}
    </Card>
  )
}

/** Into the album where the wallet allows it, otherwise a picture to press and keep. */
function SaveButton({ receipt }: { receipt: Receipt }) {
  const [shown, setShown] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    const { width, height } = receiptSize(receipt)
    try {
      const saved = await picture.save(width, height, (brush) => drawReceipt(brush, receipt))
      if (saved === 'saved') succeed(words.receipt.saved)
      else setShown(saved.show)
    } catch {
      throw new ApiError('not_saved', words.receipt.saveFailed)
    }
  })
  return (
    <>
      <Foot>
        <Button id="save-receipt" busy={busy} onClick={press}>
          {words.receipt.save}
        </Button>
      </Foot>
      {shown === null ? null : (
        <Sheet title={words.receipt.longPress} onClose={() => setShown(null)}>
          <Image
            className="receipt-picture"
            id="receipt-picture"
            src={shown}
            mode="widthFix"
            showMenuByLongpress
          />
          <Button kind="plain" onClick={() => setShown(null)}>
            {words.common.done}
          </Button>
        </Sheet>
      )}
    </>
  )
}
