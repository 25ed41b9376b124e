import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { write } from '../../api/client'
import { ApiError } from '../../api/errors'
import type { Catalogue, Household, Precheck, ServiceType } from '../../api/types'
import { promiseLine } from '../../by-code'
import { inEnglish } from '../../language/spoken'
import { Attachments } from '../../parts/attachments'
import { replace } from '../../routes'
import { useNow } from '../../state/now'
import { forget } from '../../platform/storage'
import { Button, Card, Foot, succeed, usePress } from '../../ui'
import { Words } from '../../ui/words-field'
import { askedQuestions, draftKey, faultsOf, type Faults, type FormFacts, submitInput } from '../draft'
import { keepRequest } from '../last'
import { said } from '../words'
import { Appointment } from './appointment'
import { type Outage, outageWhen } from './outage'
import { Contact } from './contact'
import { PlaceCard } from './place-card'
import { Questions } from './questions'
import { useDraft } from './use-draft'
import { Where } from './where'
import { written } from '../../format-words'

interface RequestFormProps {
  catalogue: Catalogue
  type: ServiceType
  own: readonly Household[]
  householdId: string | null
  /** null while it is not known, which keeps nobody from writing. */
  precheck: Precheck | null
  /** The outage that this is reported to; null for a request that stands by itself. */
  joined: Outage | null
  short: boolean
  onHousehold(householdId: string | null): void
  onStartOver(): void
}

/** Shows what is missing first, where the thumb is not looking. */
function showFault(faults: Faults): void {
  const [name] = Object.keys(faults)
  if (name === undefined) return
  succeed(faults[name] ?? '')
  void Promise.resolve(Taro.pageScrollTo({ selector: `#part-${name}`, offsetTop: -120 })).catch(() => null)
}

/** Sends the form once: the same wish keeps its id over every retry. */
function useSubmit(
  { catalogue, type, joined }: RequestFormProps,
  { draft, change, finish }: ReturnType<typeof useDraft>,
  facts: FormFacts,
) {
  const [checked, setChecked] = useState(false)
  const { busy, press } = usePress(async () => {
    const current = { ...facts, nowMs: Date.now() }
    const found = faultsOf(draft, current)
    setChecked(true)
    if (Object.keys(found).length > 0) return showFault(found)
    const input = submitInput(draft, {
      ...current,
      companyId: catalogue.companyId,
      catalogueVersion: catalogue.version,
      dangerSeen: type.stopper !== null,
      noticeId: joined?.noticeId ?? null,
    })
    try {
      const { request } = await write('requests.submit', input)
      finish()
      keepRequest(request)
      await replace('reportSent', { id: request.id })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'slot_gone') change({ hold: null })
      if (!(error instanceof ApiError && error.code === 'idempotency_conflict')) throw error
      // The first try had arrived after all, before something was changed: sending that too would make two.
      finish()
      succeed(said.form.already)
      await replace('requests')
    }
  })
  return { busy, press, faults: checked ? faultsOf(draft, facts) : {} }
}

export function RequestForm(props: RequestFormProps) {
  const { catalogue, type, householdId, precheck, joined, short } = props
  const key = draftKey(catalogue.companyId, type.id, householdId)
  const kept = useDraft(key)
  const { draft, uploads, restored, change } = kept
  const nowMs = useNow()
  const { busy, press, faults } = useSubmit(props, kept, { type, householdId, known: precheck, short, nowMs })
  const startOver = () => {
    for (const item of uploads.items) uploads.remove(item)
    forget(key)
    props.onStartOver()
  }
  return (
    <>
      {restored ? <Restored onStartOver={startOver} /> : null}
      <View className="t-head">{type.name}</View>
      <Where {...props} draft={draft} faults={faults} onChange={change} />
      <Card className="stack">
        <Telling text={draft.words} error={faults['words'] ?? null} onChange={change} />
        <Questions
          questions={askedQuestions(type, short)}
          answers={draft.answers}
          faults={faults}
          onChange={(answers) => change({ answers })}
        />
      </Card>
      <Card className="stack">
        <View className="t-2" id="part-files">
          {said.form.photos}
        </View>
        <Attachments uploads={uploads} noPhotos={type.photo === 'none'} error={faults['files'] ?? null} />
        {type.photo === 'required' ? null : <View className="t-3">{said.form.photosOptional}</View>}
      </Card>
      <PlaceCard type={type} draft={draft} fault={faults['place'] ?? null} onChange={change} />
      {joined !== null || (short && type.appointment !== 'required') ? null : (
        <Appointment
          companyId={catalogue.companyId}
          type={type}
          householdId={householdId}
          forParent={draft.parent !== null}
          hold={draft.hold}
          fault={faults['appointment'] ?? null}
          onHold={(hold) => change({ hold })}
        />
      )}
      <Contact type={type} draft={draft} precheck={precheck} faults={faults} onChange={change} />
      {joined ? <Joined outage={joined} /> : <Promised type={type} precheck={precheck} />}
      <Foot>
        <Button id="submit-request" busy={busy} onClick={press}>
          {said.form.submit}
        </Button>
      </Foot>
    </>
  )
}

const Telling = (props: { text: string; error: string | null; onChange(part: { words: string }): void }) => (
  <View id="part-words">
    <Words
      id="request-words"
      label={said.form.words}
      value={props.text}
      onInput={(text) => props.onChange({ words: text })}
      placeholder={said.form.wordsHolder}
      maxLength={500}
      error={props.error}
    />
  </View>
)

const Restored = ({ onStartOver }: { onStartOver(): void }) => (
  <View className="banner restored" id="draft-restored">
    <View>{said.form.restored}</View>
    <View className="restored-again" role="button" id="start-over" onClick={onStartOver}>
      {said.form.startOver}
    </View>
  </View>
)

/** What happens with a report of an outage: it ends with it, and nobody is sent. */
function Joined({ outage }: { outage: Outage }) {
  const nowMs = useNow()
  return (
    <View className="promise accent" id="joined-outage">
      <View className="grow">
        <View className="t-3">{said.before.joined}</View>
        <View className="promise-line">{outage.title}</View>
        <View className="promise-note">{outageWhen(outage, nowMs)}</View>
      </View>
    </View>
  )
}

/** What is promised, before anything is sent. A company that promises nothing says nothing. */
function Promised({ type, precheck }: { type: ServiceType; precheck: Precheck | null }) {
  const nowMs = useNow()
  const lines = precheck?.clocks.map((clock) => promiseLine(clock, nowMs)) ?? []
  // What the company calls it is Chinese; in English the times themselves are said.
  const head = (inEnglish() ? lines[0] : null) ?? type.promise ?? lines[0]
  if (!head) return null
  const rest = lines.filter((line) => line !== head)
  return (
    <View className="promise accent" id="promise-before">
      <View className="grow">
        <View className="t-3">{said.form.promise}</View>
        <View className="promise-line">{head}</View>
        {rest.length > 0 ? <View className="promise-note">{written.clauses(rest)}</View> : null}
      </View>
    </View>
  )
}
