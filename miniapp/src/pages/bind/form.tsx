import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import type { Company } from '../../api/types'
import { CodeField } from '../../parts/code-field'
import { callHotline } from '../../parts/hotline'
import { accountNoIn, tokenIn } from '../../platform/code-link'
import { scan } from '../../platform/scan'
import { Card, Choices, Field, Icon, KindBadge, succeed, usePress } from '../../ui'
import { focusable } from '../../ui/focusable'
import { words } from '../../words'
import type { Draft, Faults } from './draft'
import { readScannedHome, type ScannedHome } from './scanned-home'
import { ScannedCard } from './scanned-card'
import { WhereIsIt } from './where'

interface BindFormProps {
  companies: readonly Company[]
  company: Company
  draft: Draft
  code: string
  faults: Faults
  onChange(part: Partial<Draft>): void
  onCode(code: string): void
  /** The household whose code was scanned; null while the number is typed. */
  scanned: ScannedHome | null
  onScanned(home: ScannedHome | null): void
}

const roles: readonly Draft['role'][] = ['owner', 'family', 'tenant']

export function BindForm(props: BindFormProps) {
  const { company, draft, onChange, scanned, onScanned } = props
  return (
    <>
      {scanned === null ? (
        <ByNumber {...props} />
      ) : (
        <ScannedCard home={scanned} onOther={() => onScanned(null)} />
      )}
      <Proof {...props} />
      <Card className="stack">
        <View className="t-2">{words.bind.role}</View>
        <Choices
          options={roles.map((role) => ({ value: role, label: words.roles[role] }))}
          value={draft.role}
          onPick={(role) => onChange({ role })}
        />
      </Card>
      <View className="bind-help t-accent" role="button" onClick={() => callHotline(company.hotline)}>
        <Icon name="phone" />
        {`${words.bind.helpLine} ${company.hotline}`}
      </View>
    </>
  )
}

function ByNumber(props: BindFormProps) {
  const { companies, company, onChange } = props
  return (
    <>
      <Card className="stack">
        <View className="t-2">{words.bind.company}</View>
        <Choices
          options={companies.map((each) => ({
            value: each.id,
            label: each.name,
            lead: <KindBadge kind={each.kind} />,
          }))}
          value={company.id}
          onPick={(companyId) => onChange({ companyId })}
        />
      </Card>
      <AccountNo {...props} />
    </>
  )
}

function AccountNo({ company, draft, faults, onChange, onScanned }: BindFormProps) {
  const [open, setOpen] = useState(false)
  const { press: fromScan } = usePress(async () => {
    const text = await scan.text()
    const token = tokenIn(text)
    if (token !== null) return onScanned(await readScannedHome(token))
    const accountNo = text === null ? null : accountNoIn(text)
    if (accountNo === null) succeed(words.bind.scanFailed)
    else onChange({ accountNo })
  })
  return (
    <Card list>
      <Field
        id="account-no"
        label={words.bind.accountNo}
        value={draft.accountNo}
        onInput={(accountNo) => onChange({ accountNo })}
        placeholder={words.bind.accountNoHolder(company.accountNoLength)}
        maxLength={company.accountNoLength}
        error={faults.accountNo}
        extra={
          scan.available ? (
            <View
              className="bind-scan t-accent"
              role="button"
              ariaLabel={words.bind.scan}
              {...focusable}
              onClick={fromScan}
            >
              <Icon name="scan" />
            </View>
          ) : null
        }
      />
      <View className="bind-where t-accent" role="button" onClick={() => setOpen(!open)}>
        {words.bind.where}
        <Icon name={open ? 'close' : 'down'} />
      </View>
      {open ? <WhereIsIt company={company} /> : null}
    </Card>
  )
}

function Proof({ company, draft, code, faults, onChange, onCode, scanned }: BindFormProps) {
  const send = async () => {
    const sent = scanned
      ? await write('codes.sendBindCode', { token: scanned.token })
      : await write('households.sendBindCode', { companyId: company.id, accountNo: draft.accountNo })
    succeed(words.bind.codeSent)
    return sent
  }
  return (
    <Card className="stack">
      <View className="t-2">{words.bind.proof}</View>
      <Choices
        options={[
          { value: 'phone-tail', label: words.bind.byTail },
          { value: 'sms-code', label: words.bind.bySms },
        ]}
        value={draft.proofKind}
        onPick={(proofKind) => onChange({ proofKind })}
      />
      {draft.proofKind === 'phone-tail' ? (
        <Field
          id="phone-tail"
          label={words.bind.tailLabel}
          value={draft.tail}
          onInput={(tail) => onChange({ tail })}
          placeholder={words.bind.tailHolder}
          maxLength={4}
          error={faults.proof}
        />
      ) : (
        <CodeField
          id="bind-code"
          value={code}
          onInput={onCode}
          error={faults.proof}
          disabled={scanned === null && draft.accountNo.length !== company.accountNoLength}
          send={send}
        />
      )}
    </Card>
  )
}
