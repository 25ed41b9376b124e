import { View } from '@tarojs/components'
import { Button, Sheet, usePress } from '../ui'
import { setLocationConsent } from './store'
import { said } from './words'

/** What is sent, when, to whom and until when: a consent of its own, which work does not depend on. */
export function ConsentSheet({ onClose }: { onClose(): void }) {
  const { busy, press } = usePress(async () => {
    await setLocationConsent(true)
    onClose()
  })
  return (
    <Sheet title={said.consent.title} onClose={onClose}>
      <View className="stack">
        {said.consent.points.map((point) => (
          <View key={point}>{point}</View>
        ))}
        <View className="field-buttons">
          <Button id="refuse-location" kind="plain" onClick={onClose}>
            {said.consent.refuse}
          </Button>
          <Button id="agree-location" busy={busy} onClick={press}>
            {said.consent.agree}
          </Button>
        </View>
      </View>
    </Sheet>
  )
}
