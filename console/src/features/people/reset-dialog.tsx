import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { Failed } from '../../kit/loaded'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useResetPassword } from './api/reset-password'
import { OncePassword } from './once'
import type { AccountDialogProps } from './state-dialog'
import { peopleWords } from './words'

export function ResetDialog({ account, onClose }: AccountDialogProps) {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  const reset = useResetPassword()
  const [forget, setForget] = useState(false)
  const made = reset.data
  return (
    <Modal
      open
      title={words.resetTitle(account.name)}
      okText={made ? kit.close : words.reset}
      okButtonProps={{ loading: reset.isPending }}
      onOk={() => (made ? onClose() : reset.mutate({ staffId: account.id, forgetSecondFactor: forget }))}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {reset.error ? <Failed error={reset.error} /> : null}
      {made ? (
        <OncePassword password={made.oneTimePassword} />
      ) : (
        <>
          <p>{words.resetText}</p>
          <Checkbox checked={forget} onChange={(event) => setForget(event.target.checked)}>
            {words.forgetFactor}
          </Checkbox>
        </>
      )}
    </Modal>
  )
}
