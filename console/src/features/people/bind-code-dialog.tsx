import { Button, Modal, Typography } from 'antd'
import { useEffect } from 'react'
import { clockOf } from '../../kit/format'
import { Failed } from '../../kit/loaded'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useMakeBindCode } from './api/make-bind-code'
import type { AccountDialogProps } from './state-dialog'
import { peopleWords } from './words'

/** The code with which a worker binds their wallet in the mini-program. */
export function BindCodeDialog({ account, onClose }: AccountDialogProps) {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  const make = useMakeBindCode()
  const { mutate } = make
  useEffect(() => mutate({ staffId: account.id }), [mutate, account.id])
  return (
    <Modal
      open
      title={words.bindTitle(account.name)}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{kit.close}</Button>}
    >
      {make.error ? <Failed error={make.error} /> : null}
      {make.data ? (
        <div className="once" role="status">
          <Typography.Text code copyable className="big">
            {make.data.code}
          </Typography.Text>
          <p className="quiet">{words.bindHint(clockOf(make.data.expiresAt))}</p>
        </div>
      ) : null}
    </Modal>
  )
}
