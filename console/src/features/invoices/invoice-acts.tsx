import { Button } from 'antd'
import { useState } from 'react'
import { ReasonDialog } from '../../kit/reason-dialog'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type InvoiceDetail, linkOf, useRedLetter, useRetryInvoice } from './api'
import { invoiceWords } from './words'

/** Opening the PDF, putting what was refused again, and cancelling what was issued. */
export function InvoiceActs({ invoice }: { readonly invoice: InvoiceDetail }) {
  const words = useWords(invoiceWords)
  const { done, failed } = useSay()
  const retry = useRetryInvoice()
  const [asking, setAsking] = useState(false)
  const { id: invoiceId, version, hasFile, mayRetry, mayRedLetter } = invoice
  if (!hasFile && !mayRetry && !mayRedLetter) return null
  const open = (): void => {
    linkOf(invoiceId).then(({ url }) => window.location.assign(url), failed)
  }
  return (
    <div className="card decide-bar">
      {hasFile ? <Button onClick={open}>{words.open}</Button> : null}
      {mayRetry ? (
        <Button
          type="primary"
          loading={retry.isPending}
          onClick={() =>
            retry.mutate({ invoiceId, version }, { onSuccess: () => done(words.retried), onError: failed })
          }
        >
          {words.retry}
        </Button>
      ) : null}
      {mayRedLetter ? (
        <Button danger onClick={() => setAsking(true)}>
          {words.red}
        </Button>
      ) : null}
      {asking ? <RedLetter invoice={invoice} onClose={() => setAsking(false)} /> : null}
    </div>
  )
}

function RedLetter({ invoice, onClose }: { readonly invoice: InvoiceDetail; readonly onClose: () => void }) {
  const words = useWords(invoiceWords)
  const { done } = useSay()
  const red = useRedLetter()
  return (
    <ReasonDialog
      title={words.red}
      text={words.redText}
      okText={words.red}
      danger
      pending={red.isPending}
      error={red.error}
      onSubmit={(reason) =>
        red.mutate(
          { invoiceId: invoice.id, version: invoice.version, reason },
          {
            onSuccess: () => {
              done(words.redDone)
              onClose()
            },
          },
        )
      }
      onClose={onClose}
    />
  )
}
