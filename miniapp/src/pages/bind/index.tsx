import { useState } from 'react'
import Taro, { useRouter } from '@tarojs/taro'
import { newClientId } from '../../api/act-ids'
import { write } from '../../api/client'
import { isUnsure } from '../../api/errors'
import type { Company, Portal } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { login } from '../../platform/login'
import { forget, load, save } from '../../platform/storage'
import { lastOpened } from '../../state/code-visit'
import { pickHousehold } from '../../state/picked'
import { Button, Page, succeed, usePress } from '../../ui'
import { words } from '../../words'
import { type Draft, emptyDraft, faultsOf } from './draft'
import { BindForm } from './form'
import type { ScannedHome } from './scanned-home'
import './index.scss'

const draftKey = 'bind-draft'
const actKey = 'bind-act'

/** `?code=1`: the household whose code was scanned. */
export default function BindPage() {
  const { params } = useRouter()
  const portal = usePortalLoaded()
  const byCode = params['code'] === '1'
  return (
    <Page title={words.bind.title}>
      <Gate bones={[220, 300, 160]}>
        {() => (portal ? <Binding portal={portal} first={byCode ? lastOpened() : null} /> : null)}
      </Gate>
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

async function bind(
  draft: Draft,
  company: Company,
  code: string,
  scanned: ScannedHome | null,
): Promise<void> {
  const proof =
    draft.proofKind === 'phone-tail'
      ? ({ kind: 'phone-tail', value: draft.tail } as const)
      : ({ kind: 'sms-code', value: code } as const)
  const { role } = draft
  const input = { companyId: company.id, accountNo: draft.accountNo, proof, role }
  try {
    const { household } = scanned
      ? await write('codes.bind', { token: scanned.token, proof, role })
      : await write('households.bind', { clientId: clientIdFor(JSON.stringify(input)), ...input })
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

function Binding({ portal, first }: { portal: Portal; first: ScannedHome | null }) {
  const [scanned, setScanned] = useState<ScannedHome | null>(first)
  const [draft, setDraft] = useState<Draft>(() => ({ ...emptyDraft, ...load<Partial<Draft>>(draftKey) }))
  const [code, setCode] = useState('')
  const [checked, setChecked] = useState(false)
  const companyId = scanned?.page.companyId ?? draft.companyId
  const company = portal.companies.find((each) => each.id === companyId) ?? portal.companies[0]
  const faults = faultsOf(draft, code, scanned === null ? (company?.accountNoLength ?? 0) : null)
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    save(draftKey, next)
  }
  const { busy, press } = usePress(async () => {
    setChecked(true)
    if (!company || faults.accountNo !== null || faults.proof !== null) return
    await bind(draft, company, code, scanned)
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
        scanned={scanned}
        onScanned={setScanned}
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
