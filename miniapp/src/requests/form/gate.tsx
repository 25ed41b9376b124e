import { View } from '@tarojs/components'
import type { Stopper } from '../../api/types'
import { callHotline } from '../../parts/hotline'
import { Button, Card, Foot } from '../../ui'
import { said } from '../words'

/** Every second counts: what to do now, whom to call, and the form only afterwards. */
export const DangerGate = ({ stopper, onSafe }: { stopper: Stopper; onSafe(): void }) => (
  <View className="gate" id="danger-gate">
    <View className="gate-steps">
      <View className="gate-title">{stopper.title}</View>
      {stopper.steps.map((step, index) => (
        <View key={step} className="gate-step">
          <View className="gate-number">{index + 1}</View>
          <View>{step}</View>
        </View>
      ))}
    </View>
    <View className="gate-buttons">
      <View
        id="danger-call"
        className="btn gate-call"
        role="button"
        ariaRole="button"
        hoverClass="btn-pressed"
        onClick={() => callHotline(stopper.phone)}
      >
        {said.gate.call(stopper.phone)}
      </View>
      <Button kind="plain" id="danger-safe" onClick={onSafe}>
        {said.gate.safe}
      </Button>
    </View>
  </View>
)

interface AskProps {
  question: string
  onYes(): void
  onNo(): void
}

/** The one question that opens the gate. */
export const DangerAsk = ({ question, onYes, onNo }: AskProps) => (
  <>
    <Card className="stack">
      <View className="t-2">{said.gate.ask}</View>
      <View className="t-head">{question}</View>
    </Card>
    <Foot>
      <Button kind="plain" id="danger-no" onClick={onNo}>
        {said.gate.no}
      </Button>
      <Button kind="danger" id="danger-yes" onClick={onYes}>
        {said.gate.yes}
      </Button>
    </Foot>
  </>
)
