import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import type { RequestView } from '../../api/types'
import { calendarDay, moment } from '../../format'
import { useNow } from '../../state/now'
import { Button, Card, confirm, Icon, Sheet, succeed, usePress } from '../../ui'
import { words } from '../../words'
import type { Hold } from '../draft'
import { SlotPicker } from '../slot-picker'
import { said } from '../words'

interface VisitProps {
  request: RequestView
  onChanged(request: RequestView): void
}

/** When somebody comes, and until when that can be changed. */
export function Visit({ request, onChanged }: VisitProps) {
  const nowMs = useNow()
  const [open, setOpen] = useState(false)
  const { appointment, id } = request
  const give = usePress(async () => {
    if (!(await confirm(said.detail.cancelVisit, said.detail.cancelVisitText, said.detail.cancelVisit)))
      return
    onChanged((await write('requests.changeAppointment', { requestId: id, holdId: null })).request)
    succeed(said.detail.visitCancelled)
  })
  if (appointment === null) return null
  const { slot, changeUntil } = appointment
  const may = request.may.includes('change-appointment')
  return (
    <Card className="stack" id="visit">
      <View className="between">
        <Icon name="clock" className="t-accent" />
        <View className="grow">
          <View className="t-3">{said.detail.visit}</View>
          <View className="t-title">{`${calendarDay(slot.day, nowMs)} ${slot.from}–${slot.to}`}</View>
          {may ? <View className="t-3">{said.detail.visitChange(moment(changeUntil, nowMs))}</View> : null}
        </View>
      </View>
      {may ? (
        <View className="between">
          <View className="grow">
            <Button kind="plain" id="cancel-visit" busy={give.busy} onClick={give.press}>
              {said.detail.cancelVisit}
            </Button>
          </View>
          <View className="grow">
            <Button kind="soft" id="change-visit" onClick={() => setOpen(true)}>
              {said.detail.change}
            </Button>
          </View>
        </View>
      ) : null}
      {open ? <ChangeSheet request={request} onChanged={onChanged} onClose={() => setOpen(false)} /> : null}
    </Card>
  )
}

function ChangeSheet({ request, onChanged, onClose }: VisitProps & { onClose(): void }) {
  const [hold, setHold] = useState<Hold | null>(null)
  const { busy, press } = usePress(async () => {
    if (hold === null) return
    const answer = await write('requests.changeAppointment', { requestId: request.id, holdId: hold.holdId })
    onChanged(answer.request)
    succeed(said.detail.visitChanged)
    onClose()
  })
  return (
    <Sheet title={said.detail.change} onClose={onClose}>
      <View className="stack">
        <SlotPicker
          companyId={request.companyId}
          typeId={request.typeId}
          householdId={null}
          hold={hold}
          onHold={setHold}
        />
        <Button id="confirm-visit" busy={busy} disabled={hold === null} onClick={press}>
          {said.detail.change}
        </Button>
        <Button kind="plain" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </View>
    </Sheet>
  )
}
