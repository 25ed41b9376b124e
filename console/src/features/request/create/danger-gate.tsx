import { Button, Space } from 'antd'
import { useState } from 'react'
import type { ResidentType } from '../../../api/types'
import { useWords } from '../../../words/language'
import { createWords } from './words'

interface DangerGateProps {
  readonly stopper: NonNullable<ResidentType['stopper']>
  readonly onPassed: () => void
}

/** Where every second counts the form waits: the caller is told what to do first, in big type. */
export function DangerGate({ stopper, onPassed }: DangerGateProps) {
  const words = useWords(createWords)
  const [danger, setDanger] = useState(stopper.ask === null)
  if (!danger)
    return (
      <section className="gate-ask" aria-label={words.need.gate}>
        <h2>{words.gateAsk(stopper.ask ?? '')}</h2>
        <Space>
          <Button danger type="primary" onClick={() => setDanger(true)}>
            {words.gateYes}
          </Button>
          <Button onClick={onPassed}>{words.gateNo}</Button>
        </Space>
      </section>
    )
  return (
    <section className="gate" role="alert" aria-label={words.gate}>
      <h2>
        {words.gate} · {stopper.title}
      </h2>
      <ol>
        {stopper.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="gate-phone num">{words.gateCall(stopper.phone)}</p>
      <Button size="large" onClick={onPassed}>
        {words.gateGo}
      </Button>
    </section>
  )
}
