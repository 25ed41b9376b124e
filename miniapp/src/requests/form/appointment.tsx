import { View } from '@tarojs/components'
import { write } from '../../api/client'
import type { ServiceType } from '../../api/types'
import { SlotPicker } from '../slot-picker'
import { Card } from '../../ui'
import type { Hold } from '../draft'
import { said } from '../words'

interface AppointmentProps {
  companyId: string
  type: ServiceType
  householdId: string | null
  /** A parent's home need not be bound to be visited. */
  forParent: boolean
  hold: Hold | null
  fault: string | null
  onHold(hold: Hold | null): void
}

/** A visit at a time of the resident's choosing; the place is kept while the form is open. */
export function Appointment(props: AppointmentProps) {
  const { companyId, type, householdId, forParent, hold, fault, onHold } = props
  if (type.appointment === 'none') return null
  if (type.household === 'required' && householdId === null && !forParent) return null
  const letGo = () => {
    if (hold === null) return
    onHold(null)
    write('slots.release', { holdId: hold.holdId }).catch(() => {
      // It lets itself go after ten minutes.
    })
  }
  return (
    <Card className="stack">
      <View className="t-2" id="part-appointment">
        {said.form.appointment}
      </View>
      <SlotPicker
        companyId={companyId}
        typeId={type.id}
        householdId={householdId}
        hold={hold}
        onHold={onHold}
        {...(type.appointment === 'optional' ? { onNone: letGo } : {})}
      />
      {fault ? <View className="field-error">{fault}</View> : null}
    </Card>
  )
}
