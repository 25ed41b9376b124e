import { View } from '@tarojs/components'
import type { ServiceType } from '../../api/types'
import { askConsent } from '../../parts/ask-consent'
import { login } from '../../platform/login'
import { place as platform } from '../../platform/place'
import { useSession } from '../../state/session'
import { Button, Card, Icon, Row, succeed, usePress } from '../../ui'
import type { Draft } from '../draft'
import { said } from '../words'

interface PlaceCardProps {
  type: ServiceType
  draft: Draft
  fault: string | null
  onChange(part: Partial<Draft>): void
}

const onMap = login.environment.endsWith('-mini')

/** Where it is on the map; never asked of the phone before the resident taps. */
export function PlaceCard({ type, draft, fault, onChange }: PlaceCardProps) {
  const { busy, press } = usePress(async () => {
    if (!(await askConsent('location'))) return
    const chosen = await platform.choose()
    if (chosen !== null) onChange({ place: chosen })
    else if (!onMap) succeed(said.form.placeFailed)
  })
  const guest = useSession((session) => session.guest)
  // Whoever only visits by a code keeps no consents, and may say in words where it is.
  if (type.place === 'none' || !platform.available || guest) return null
  return (
    <Card className="stack">
      <View className="t-2" id="part-place">
        {said.form.place}
      </View>
      {draft.place === null ? (
        <Button kind="soft" id="choose-place" busy={busy} onClick={press}>
          {onMap ? said.form.choosePlace : said.form.hereButton}
        </Button>
      ) : (
        <Row
          lead={<Icon name="place" className="t-accent" />}
          title={draft.place.words || said.form.placeSet}
          side={<View className="t-accent">{said.form.clear}</View>}
          arrow={false}
          onClick={() => onChange({ place: null })}
        />
      )}
      {fault ? <View className="field-error">{fault}</View> : null}
    </Card>
  )
}
