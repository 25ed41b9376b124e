import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Precheck, ServiceType } from '../../api/types'
import { Card, Field, Line, Row, Toggle } from '../../ui'
import type { Draft, Faults } from '../draft'
import { said } from '../words'

interface ContactProps {
  type: ServiceType
  draft: Draft
  precheck: Precheck | null
  faults: Faults
  onChange(part: Partial<Draft>): void
}

/** Whom to call. What we know already nobody types again. */
export function Contact({ type, draft, precheck, faults, onChange }: ContactProps) {
  const known = precheck?.contactPhoneMasked ?? null
  const [open, setOpen] = useState(draft.phone !== '')
  const typing = open || known === null
  return (
    <Card list>
      {draft.anonymous ? null : (
        <View id="part-phone">
          {known === null || typing ? null : (
            <Row
              id="known-contact"
              title={said.form.contact}
              note={said.form.contactKnown(precheck?.contactNameMasked ?? '', known)}
              side={<View className="t-accent">{said.form.changePhone}</View>}
              arrow={false}
              onClick={() => setOpen(true)}
            />
          )}
          {typing ? (
            <>
              <Field
                id="contact-phone"
                label={said.form.phone}
                value={draft.phone}
                onInput={(phone) => onChange({ phone })}
                placeholder={said.form.phoneHolder}
                maxLength={12}
                error={faults['phone'] ?? null}
              />
              <Line
                id="contact-name"
                label={said.form.name}
                value={draft.name}
                onInput={(name) => onChange({ name })}
                placeholder={said.form.nameHolder}
                maxLength={20}
              />
            </>
          ) : null}
        </View>
      )}
      {type.anonymous ? (
        <Row
          id="anonymous"
          title={said.form.anonymous}
          note={said.form.anonymousText}
          on={draft.anonymous}
          side={<Toggle on={draft.anonymous} />}
          arrow={false}
          onClick={() => onChange({ anonymous: !draft.anonymous })}
        />
      ) : null}
    </Card>
  )
}
