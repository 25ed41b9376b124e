import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { yuan } from '../../kit/format'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type DeskSupply, useDecideSupply } from './api'
import { fenOf } from './fen-of'
import { heatWords } from './words'

/** Yes or no to an application, with words for the resident; the effect where the rules leave it open. */
export function DecideSupply({
  supply,
  onClose,
}: {
  readonly supply: DeskSupply
  readonly onClose: () => void
}) {
  const words = useWords(heatWords)
  const { done } = useSay()
  const decide = useDecideSupply()
  const [approve, setApprove] = useState(true)
  const [answer, setAnswer] = useState('')
  const [effect, setEffect] = useState('')
  const isOpen = supply.effectFen === null
  const effectFen = fenOf(effect)
  const ready = answer.trim().length >= 2 && (!approve || !isOpen || effectFen !== null)
  const submit = (): void =>
    decide.mutate(
      {
        supplyId: supply.id,
        version: supply.version,
        approve,
        answer: answer.trim(),
        ...(approve && isOpen && effectFen !== null ? { effectFen } : {}),
      },
      {
        onSuccess: () => {
          done(words.decided)
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={words.decideTitle[supply.kind]}
      okText={approve ? words.agree : words.refuse}
      okButtonProps={{ disabled: !ready, loading: decide.isPending, danger: !approve }}
      onOk={submit}
      onCancel={onClose}
    >
      {decide.error ? <Failed error={decide.error} /> : null}
      <About supply={supply} />
      <Form layout="vertical" component="div">
        <Form.Item>
          <Radio.Group
            aria-label={words.decideTitle[supply.kind]}
            optionType="button"
            value={approve}
            options={[
              { value: true, label: words.agree },
              { value: false, label: words.refuse },
            ]}
            onChange={(event) => setApprove(event.target.value === true)}
          />
        </Form.Item>
        {approve && isOpen ? <Effect value={effect} onChange={setEffect} /> : null}
        <Form.Item label={words.answerLabel} htmlFor="supply-answer" required>
          <Input.TextArea
            id="supply-answer"
            rows={3}
            maxLength={200}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** What is asked for and what it does to the fee. */
function About({ supply }: { readonly supply: DeskSupply }) {
  const words = useWords(heatWords)
  const { kind, effectFen, plan, reason, filedByName, agreement } = supply
  return (
    <>
      <p>{supply.addressMasked}</p>
      {filedByName === null ? null : <p>{words.filedBy(filedByName)}</p>}
      {agreement === null ? null : (
        <p>
          {words.agreement}：{agreement}
        </p>
      )}
      {reason === null ? null : (
        <p>
          {words.reason}：{reason}
        </p>
      )}
      <p>{effectFen === null ? words.unknownEffect : words.effectOf[kind](yuan(effectFen))}</p>
      <ul className="decide-steps" aria-label={words.steps}>
        {[...plan.steps, ...plan.missing].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
    </>
  )
}

function Effect({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const words = useWords(heatWords)
  const wrong = value !== '' && fenOf(value) === null
  return (
    <Form.Item
      label={words.effectLabel}
      htmlFor="supply-effect"
      required
      {...(wrong ? { validateStatus: 'error' as const, help: words.effectWrong } : {})}
    >
      <Input
        id="supply-effect"
        inputMode="decimal"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}
