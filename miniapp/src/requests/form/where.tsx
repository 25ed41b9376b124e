import { View } from '@tarojs/components'
import type { Household, ServiceType } from '../../api/types'
import { go } from '../../routes'
import { Button, Card, Choices, Line, Row, Toggle } from '../../ui'
import { words } from '../../words'
import type { Draft, Faults } from '../draft'
import { said } from '../words'

interface WhereProps {
  type: ServiceType
  own: readonly Household[]
  householdId: string | null
  draft: Draft
  faults: Faults
  onHousehold(householdId: string | null): void
  onChange(part: Partial<Draft>): void
}

const elsewhere = 'elsewhere'

/** Which home it is about, and for whom; a thing in the street has only an address. */
export function Where(props: WhereProps) {
  const { type, own, householdId, draft, faults, onChange } = props
  if (type.household === 'none') {
    return (
      <Card list>
        <Address draft={draft} onChange={onChange} />
      </Card>
    )
  }
  const chosen = own.find(({ id }) => id === householdId)
  const mayBeElsewhere = type.household === 'optional' || draft.parent !== null
  return (
    <Card className="stack">
      <View id="part-household" className="t-2">
        {said.form.household}
      </View>
      {own.length > 1 || (own.length > 0 && mayBeElsewhere) ? (
        <Choices
          options={[
            ...own.map((household) => ({ value: household.id, label: household.shortAddress })),
            ...(mayBeElsewhere ? [{ value: elsewhere, label: said.form.elsewhere }] : []),
          ]}
          value={householdId ?? elsewhere}
          onPick={(value) => props.onHousehold(value === elsewhere ? null : value)}
        />
      ) : null}
      {chosen ? (
        <View>
          <View className="t-title">{chosen.shortAddress}</View>
          <View className="t-3">{`${words.kinds[chosen.kind]} ${chosen.accountNoMasked}`}</View>
        </View>
      ) : null}
      {own.length === 0 && !mayBeElsewhere ? (
        <>
          <View className={faults['household'] ? 'field-error' : 't-2'}>{said.form.bindFirst}</View>
          <Button kind="soft" id="form-bind" onClick={() => go('bind')}>
            {words.bind.title}
          </Button>
        </>
      ) : null}
      {chosen === undefined && mayBeElsewhere ? (
        <>
          <Address draft={draft} onChange={onChange} />
          {draft.parent !== null && faults['household'] ? (
            <View className="field-error">{faults['household']}</View>
          ) : null}
        </>
      ) : null}
      <Parent draft={draft} fault={faults['parent'] ?? null} onChange={onChange} />
    </Card>
  )
}

interface PartProps {
  draft: Draft
  fault: string | null
  onChange(part: Partial<Draft>): void
}

const Address = ({ draft, onChange }: Omit<PartProps, 'fault'>) => (
  <Line
    id="request-address"
    label={said.form.address}
    value={draft.address}
    onInput={(address) => onChange({ address })}
    placeholder={said.form.addressHolder}
    maxLength={120}
  />
)

/** A child who reports for the parents. */
const Parent = ({ draft, fault, onChange }: PartProps) => (
  <View id="part-parent">
    <Row
      id="for-parent"
      title={said.form.parent}
      note={said.form.parentText}
      on={draft.parent !== null}
      side={<Toggle on={draft.parent !== null} />}
      arrow={false}
      onClick={() => onChange({ parent: draft.parent === null ? '' : null })}
    />
    {draft.parent === null ? null : (
      <Line
        id="parent-name"
        label={said.form.parentName}
        value={draft.parent}
        onInput={(parent) => onChange({ parent })}
        placeholder={said.form.parentHolder}
        maxLength={20}
        error={fault}
      />
    )}
  </View>
)
