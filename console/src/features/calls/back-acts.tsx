import { Alert, Button, Form, Input, Modal, Radio, Typography } from 'antd'
import { useState } from 'react'
import type { Output } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useEndBack, useTakeBack } from './api'
import { callWords } from './words'

type Call = Output<'calls.list'>['items'][number]

/** Calling somebody back: it is taken so that not two do it, and ended with what came of it. */
export function BackActs({ call }: { readonly call: Call }) {
  const words = useWords(callWords)
  const me = useMe()
  const may = useMay()
  const { failed } = useSay()
  const take = useTakeBack()
  const [ending, setEnding] = useState(false)
  const phone = take.data?.phone ?? null
  const mine = call.callBack === 'taken' && call.callBackBy?.id === me.id
  return (
    <>
      {call.callBack === 'open' && may('calls.takeBack') ? (
        <Button
          type="primary"
          size="small"
          title={words.takeText}
          loading={take.isPending}
          onClick={() =>
            take.mutate(
              { callId: call.id, version: call.version },
              { onError: failed, onSuccess: () => setEnding(true) },
            )
          }
        >
          {words.take}
        </Button>
      ) : null}
      {mine && may('calls.endBack') ? (
        <Button size="small" onClick={() => setEnding(true)}>
          {words.end}
        </Button>
      ) : null}
      {ending ? (
        <EndDialog call={take.data?.call ?? call} phone={phone} onClose={() => setEnding(false)} />
      ) : null}
    </>
  )
}

interface EndDialogProps {
  readonly call: Call
  /** Whole, as long as this page lives; it is shown once. */
  readonly phone: string | null
  readonly onClose: () => void
}

function EndDialog({ call, phone, onClose }: EndDialogProps) {
  const words = useWords(callWords)
  const { done } = useSay()
  const end = useEndBack()
  const [reached, setReached] = useState(true)
  const [result, setResult] = useState('')
  const submit = (): void =>
    end.mutate(
      { callId: call.id, version: call.version, reached, result: result.trim() },
      {
        onSuccess: () => {
          done(words.saved)
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={words.endTitle}
      okButtonProps={{ disabled: result.trim().length < 2, loading: end.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {end.error ? <Failed error={end.error} /> : null}
      {phone === null ? null : (
        <Alert
          type="info"
          title={
            <>
              {words.number}{' '}
              <Typography.Text className="num" strong copyable>
                {phone}
              </Typography.Text>
            </>
          }
        />
      )}
      <Form layout="vertical" component="div">
        <Form.Item>
          <Radio.Group
            aria-label={words.endTitle}
            optionType="button"
            value={reached}
            options={[
              { value: true, label: words.reached },
              { value: false, label: words.notReached },
            ]}
            onChange={(event) => setReached(event.target.value === true)}
          />
        </Form.Item>
        <Form.Item label={words.result} htmlFor="back-result" required>
          <Input.TextArea
            id="back-result"
            rows={3}
            maxLength={200}
            placeholder={words.resultHint}
            value={result}
            onChange={(event) => setResult(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
