import { Checkbox, Form, Modal, Radio } from 'antd'
import { useState } from 'react'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type RevokeReason, type Target, useRevoke, useRevokeArea } from './api'
import { Counted } from './counted'
import { codeWords } from './words'

const reasons: readonly RevokeReason[] = ['replaced', 'lost', 'moved', 'misused']

interface RevokeDialogProps {
  /** One code, or every code of a building. */
  readonly of:
    | { readonly codeId: string; readonly number: string }
    | { readonly target: Target & { readonly areaId: string }; readonly name: string }
  readonly onClose: () => void
}

/** Taking codes out of use, and the next ones in the same act. */
export function RevokeDialog({ of, onClose }: RevokeDialogProps) {
  const words = useWords(codeWords)
  const { done } = useSay()
  const [one, area] = [useRevoke(), useRevokeArea()]
  const [why, setWhy] = useState<RevokeReason | null>(null)
  const [renew, setRenew] = useState(true)
  const error = one.error ?? area.error
  const submit = (): void => {
    if (why === null) return
    if ('codeId' in of)
      one.mutate(
        { codeId: of.codeId, why, renew },
        {
          onSuccess: ({ code }) => {
            done(code === null ? words.revoked : words.renewed(code.number))
            onClose()
          },
        },
      )
    else
      area.mutate(
        { companyId: of.target.companyId, areaId: of.target.areaId, why, renew },
        {
          onSuccess: ({ revoked, made }) => {
            done(words.areaRevoked(revoked, made))
            onClose()
          },
        },
      )
  }
  return (
    <Modal
      open
      title={'codeId' in of ? words.revokeTitle(of.number) : words.revokeAreaTitle(of.name)}
      okText={words.revoke}
      okButtonProps={{ danger: true, disabled: why === null, loading: one.isPending || area.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {error ? <Failed error={error} /> : null}
      <p>{words.revokeText}</p>
      {'target' in of ? <Counted target={of.target} revoking /> : null}
      <Form layout="vertical" component="div">
        <Form.Item label={words.why} required>
          <Radio.Group
            aria-label={words.why}
            optionType="button"
            value={why}
            options={reasons.map((value) => ({ value, label: words.whyOf[value] }))}
            onChange={(event) => setWhy(event.target.value as RevokeReason)}
          />
        </Form.Item>
        <Checkbox checked={renew} onChange={(event) => setRenew(event.target.checked)}>
          {words.renew}
        </Checkbox>
      </Form>
    </Modal>
  )
}
