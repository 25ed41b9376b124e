import { Alert, Button, Drawer, Form, Input, Select } from 'antd'
import { type ComponentType, useState } from 'react'
import { Link } from 'react-router'
import type { Output, ResidentType, ServiceClass } from '../../../api/types'
import { useLine } from '../../../kit/line/line-context'
import { Failed, Loaded } from '../../../kit/loaded'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { keepConversation, useMakeRequest } from '../api/acts'
import { useContextOf, useTypes } from '../api/reads'
import { guessType } from './guess-type'
import { type Answer, missingIn, type RequestDraft, requestInput, saidBy } from './request-draft'
import { dialogWords } from './words'

/** Parts of the form by which requests are made elsewhere. */
export interface RequestParts {
  readonly TypeChoice: ComponentType<{
    readonly classes: readonly { readonly id: ServiceClass; readonly name: string }[]
    readonly types: readonly ResidentType[]
    readonly chosen: ResidentType | null
    readonly onChoose: (type: ResidentType) => void
  }>
  readonly Questions: ComponentType<{
    readonly questions: ResidentType['questions']
    readonly answers: Readonly<Record<string, Answer>>
    readonly onAnswer: (code: string, answer: Answer) => void
  }>
  readonly DangerGate: ComponentType<{
    readonly stopper: NonNullable<ResidentType['stopper']>
    readonly onPassed: () => void
  }>
}

interface RequestDialogProps {
  readonly data: Output<'chatDesk.get'>
  readonly parts: RequestParts
  readonly onClose: () => void
}

/** Everything is filled in from the conversation, so that mostly the second click makes the request. */
export function RequestDialog({ data, parts, onClose }: RequestDialogProps) {
  const words = useWords(dialogWords)
  const { companyId, id } = data.conversation
  const catalogue = useTypes(companyId)
  const context = useContextOf(id)
  return (
    <Drawer open title={words.requestTitle} size={620} onClose={onClose}>
      <p className="quiet">{words.requestText}</p>
      <Loaded query={catalogue} rows={6}>
        {(found) => (
          <Loaded query={context} rows={6}>
            {({ households }) => (
              <RequestForm
                data={data}
                parts={parts}
                onClose={onClose}
                catalogue={found}
                households={households.filter((one) => one.companyId === companyId)}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Drawer>
  )
}

interface RequestFormProps extends RequestDialogProps {
  readonly catalogue: Output<'catalogue.read'>
  readonly households: Output<'chatDesk.context'>['households']
}

function RequestForm({ data, parts, onClose, catalogue, households }: RequestFormProps) {
  const words = useWords(dialogWords)
  const { types, classes } = catalogue
  const { draft, set, guessed } = useDraft(data, types, households[0]?.id ?? null)
  const type = types.find(({ id }) => id === draft.typeId) ?? null
  const { TypeChoice } = parts
  return (
    <Form layout="vertical" component="div">
      <Form.Item
        label={words.type}
        extra={guessed === draft.typeId && guessed !== null ? words.guessed : null}
      >
        <TypeChoice
          classes={classes}
          types={types}
          chosen={type}
          onChoose={({ id }) => set({ typeId: id, gatePassed: false, answers: {} })}
        />
      </Form.Item>
      {type !== null && type.page !== null ? (
        <Alert
          type="info"
          showIcon
          title={words.appliedElsewhere(type.name)}
          action={<Link to={`/new?companyId=${data.conversation.companyId}`}>{words.goThere}</Link>}
        />
      ) : (
        <Details
          data={data}
          parts={parts}
          onClose={onClose}
          households={households}
          type={type}
          draft={draft}
          set={set}
        />
      )}
    </Form>
  )
}

interface DetailsProps extends RequestDialogProps, HomeAndWordsProps {
  readonly type: ResidentType | null
}

function Details({ data, parts, onClose, households, type, draft, set }: DetailsProps) {
  const words = useWords(dialogWords)
  const submit = useSubmit(data, onClose)
  const { DangerGate, Questions } = parts
  const missing = missingIn(type, draft)
  const names = [
    ...missing.parts.map(
      (part) =>
        ({ type: words.needType, home: words.needHome, words: words.needWords, gate: words.needGate })[part],
    ),
    ...missing.questions,
  ]
  return (
    <>
      {type?.stopper && !draft.gatePassed ? (
        <DangerGate key={type.id} stopper={type.stopper} onPassed={() => set({ gatePassed: true })} />
      ) : null}
      <HomeAndWords draft={draft} set={set} households={households} />
      {type === null ? null : (
        <Questions
          questions={type.questions}
          answers={draft.answers}
          onAnswer={(code, answer) => set({ answers: { ...draft.answers, [code]: answer } })}
        />
      )}
      <Priority value={draft.priority} onChange={(priority) => set({ priority })} />
      {submit.error ? <Failed error={submit.error} /> : null}
      <Button
        type="primary"
        size="large"
        autoFocus
        disabled={names.length > 0}
        loading={submit.pending}
        onClick={() => submit.run(draft)}
      >
        {words.requestOk}
      </Button>{' '}
      {names.length === 0 ? null : <span className="quiet">{words.missing(names.join('、'))}</span>}
    </>
  )
}

interface HomeAndWordsProps extends Pick<RequestFormProps, 'households'> {
  readonly draft: RequestDraft
  readonly set: (next: Partial<RequestDraft>) => void
}

function HomeAndWords({ draft, set, households }: HomeAndWordsProps) {
  const words = useWords(dialogWords)
  return (
    <>
      <Form.Item label={words.household} htmlFor="request-home">
        <Select
          id="request-home"
          allowClear
          placeholder={words.householdNone}
          value={draft.householdId}
          options={households.map((one) => ({
            value: one.id,
            label: `${one.accountNoMasked} ${one.addressMasked}`,
          }))}
          onChange={(householdId: string | undefined) => set({ householdId: householdId ?? null })}
        />
      </Form.Item>
      <Form.Item label={words.words} required htmlFor="request-words">
        <Input.TextArea
          id="request-words"
          rows={4}
          maxLength={500}
          showCount
          value={draft.words}
          onChange={(event) => set({ words: event.target.value })}
        />
      </Form.Item>
    </>
  )
}

/** What the conversation says already. */
function useDraft(
  { conversation }: Output<'chatDesk.get'>,
  types: readonly ResidentType[],
  householdId: string | null,
) {
  const line = useLine()
  const [first] = useState(() => {
    const words = saidBy(line.threads.get(conversation.id).items)
    return { words, typeId: guessType(types, conversation.topic, words) }
  })
  const [draft, setDraft] = useState<RequestDraft>({
    ...first,
    householdId,
    answers: {},
    priority: null,
    gatePassed: false,
  })
  return {
    draft,
    guessed: first.typeId,
    set: (next: Partial<RequestDraft>): void => setDraft((before) => ({ ...before, ...next })),
  }
}

function useSubmit({ conversation }: Output<'chatDesk.get'>, onClose: () => void) {
  const words = useWords(dialogWords)
  const { done } = useSay()
  const make = useMakeRequest()
  return {
    error: make.error,
    pending: make.isPending,
    run: (draft: RequestDraft): void => {
      if (draft.typeId === null) return
      make.mutate(requestInput(conversation.id, draft.typeId, draft), {
        onSuccess: (answer) => {
          keepConversation(answer.conversation)
          done(words.requestMade(answer.number))
          onClose()
        },
      })
    },
  }
}

function Priority({
  value,
  onChange,
}: {
  readonly value: number | null
  readonly onChange: (priority: number | null) => void
}) {
  const words = useWords(dialogWords)
  return (
    <Form.Item label={words.priority} htmlFor="request-priority">
      <Select
        id="request-priority"
        allowClear
        placeholder={words.priorityUsual}
        value={value}
        options={(['1', '2', '3', '4'] as const).map((one) => ({
          value: Number(one),
          label: words.priorityOf[one],
        }))}
        onChange={(next: number | undefined) => onChange(next ?? null)}
      />
    </Form.Item>
  )
}
