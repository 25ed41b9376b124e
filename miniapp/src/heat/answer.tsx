import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../api/client'
import { money } from '../format'
import { go } from '../routes'
import { Button, Card, Sheet, succeed, usePress } from '../ui'
import { Words } from '../ui/words-field'
import type { HeatCase } from './types'
import { said } from './words'

interface Props {
  view: HeatCase
  onChanged(view: HeatCase): void
}

/** What the resident says to the sum that stands, and what the company answered. */
export function Answer({ view, onChanged }: Props) {
  const [objecting, setObjecting] = useState(false)
  const { busy, press } = usePress(async () => {
    onChanged(await write('heating.agreeCase', { caseId: view.id, version: view.version }))
    succeed(said.case.agreed)
  })
  const amountFen = view.calculation.amountFen ?? 0
  const again = view.state === 'open' && view.calculation.lines.length > 0
  if (view.state !== 'final' && !again && view.answer === null && view.objection === null) return null
  return (
    <Card className="stack">
      {view.objection === null ? null : (
        <View>
          <View className="t-2">{said.case.objection}</View>
          <View>{view.objection}</View>
        </View>
      )}
      {view.answer === null ? null : (
        <View>
          <View className="t-2">{said.case.answer}</View>
          <View>{view.answer}</View>
        </View>
      )}
      {view.state === 'final' ? (
        <>
          <Button id="case-agree" busy={busy} onClick={press}>
            {amountFen === 0 ? said.case.agreeNothing : said.case.agree(money(amountFen))}
          </Button>
          <Button kind="plain" id="case-object" onClick={() => setObjecting(true)}>
            {said.case.object}
          </Button>
        </>
      ) : null}
      {again ? <Again view={view} /> : null}
      {objecting ? (
        <ObjectSheet view={view} onChanged={onChanged} onClose={() => setObjecting(false)} />
      ) : null}
    </Card>
  )
}

/** A re-test is a request like the first one; it ends the counting when it passes. */
function Again({ view: { companyId, visitType, householdId } }: { view: HeatCase }) {
  return (
    <>
      <View className="t-2">{said.case.againText}</View>
      <Button
        kind="soft"
        id="case-again"
        onClick={() => go('reportForm', { companyId, typeId: visitType, householdId, again: '1' })}
      >
        {said.case.again}
      </Button>
    </>
  )
}

function ObjectSheet({ view, onChanged, onClose }: Props & { onClose(): void }) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const { busy, press } = usePress(async () => {
    if (text.trim().length < 2) return setFault(said.case.objectWrong)
    const { id: caseId, version } = view
    onChanged(await write('heating.objectCase', { caseId, version, words: text.trim() }))
    succeed(said.case.objected)
    onClose()
  })
  return (
    <Sheet title={said.case.objectTitle} onClose={onClose}>
      <View className="stack">
        <Words
          id="object-words"
          label={said.case.objectTitle}
          value={text}
          onInput={setText}
          placeholder={said.case.objectHolder}
          maxLength={200}
          error={fault}
        />
        <Button id="object-send" busy={busy} onClick={press}>
          {said.case.send}
        </Button>
      </View>
    </Sheet>
  )
}
