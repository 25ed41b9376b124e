import { useState } from 'react'
import Taro from '@tarojs/taro'
import { newClientId } from '../../api/act-ids'
import { write } from '../../api/client'
import { isUnsure } from '../../api/errors'
import type { Company, Portal } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { login } from '../../platform/login'
import { forget, load, save } from '../../platform/storage'
import { pickHousehold } from '../../state/picked'
import { Button, Page, succeed, usePress } from '../../ui'
import { words } from '../../words'
import { type Draft, emptyDraft, faultsOf } from './draft'
import { BindForm } from './form'
import './index.scss'

const draftKey = 'bind-draft'
const actKey = 'bind-act'

export default function BindPage() {
  const portal = usePortalLoaded()
  return (
    <Page title={words.bind.title}>
      <Gate bones={[220, 300, 160]}>{() => (portal ? <Binding portal={portal} /> : null)}</Gate>
    </Page>
  )
}

/** The same input keeps its id until it is answered, so that a retry after a lost network binds once. */
function clientIdFor(input: string): string {
  const kept = load<{ input: string; clientId: string }>(actKey)
  if (kept?.input === input) return kept.clientId
  const clientId = newClientId()
  save(actKey, { input, clientId })
  return clientId
}

async function bind(draft: Draft, company: Company, code: string): Promise<void> {
  const proof =
    draft.proofKind === 'phone-tail'
      ? ({ kind: 'phone-tail', value: draft.tail } as const)
      : ({ kind: 'sms-code', value: code } as const)
  const input = { companyId: company.id, accountNo: draft.accountNo, proof, role: draft.role }
  try {
    const { household } = await write('households.bind', {
      clientId: clientIdFor(JSON.stringify(input)),
      ...input,
    })
    forget(actKey)
    forget(draftKey)
    pickHousehold(household.id)
    succeed(words.bind.done)
    await Taro.switchTab({ url: '/pages/home/index' })
  } catch (error) {
    if (!isUnsure(error)) forget(actKey)
    throw error
  }
}

function Binding({ portal }: { portal: Portal }) {
  const [draft, setDraft] = useState<Draft>(() => ({ ...emptyDraft, ...load<Partial<Draft>>(draftKey) }))
  const [code, setCode] = useState('')
  const [checked, setChecked] = useState(false)
  const company = portal.companies.find((each) => each.id === draft.companyId) ?? portal.companies[0]
  const faults = faultsOf(draft, code, company?.accountNoLength ?? 0)
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    save(draftKey, next)
  }
  const { busy, press } = usePress(async () => {
    setChecked(true)
    if (!company || faults.accountNo !== null || faults.proof !== null) return
    await bind(draft, company, code)
  })
  const { ask } = login
  if (!company) return null
  return (
    <>
      <BindForm
        companies={portal.companies}
        company={company}
        draft={draft}
        code={code}
        faults={checked ? faults : { accountNo: null, proof: null }}
        onChange={change}
        onCode={setCode}
      />
      <Button id="bind-submit" busy={busy} onClick={press}>
        {words.bind.submit}
      </Button>
      {ask === undefined ? null : (
        <Button kind="plain" id="bind-elsewhere" onClick={() => ask(portal.signIn)}>
          {words.bind.elsewhere}
        </Button>
      )}
    </>
  )
}
