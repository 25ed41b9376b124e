import { View } from '@tarojs/components'
import { useState } from 'react'
import type { RequestView } from '../api/types'
import { Attachments } from '../parts/attachments'
import { Stars } from '../parts/stars'
import { readyIds } from '../upload/queue'
import { useUploads } from '../upload/use-uploads'
import { Button, Card, Choices, Many, succeed, usePress } from '../ui'
import { Words } from '../ui/words-field'
import { words } from '../words'
import type { RatingGiven, RequestActs } from './acts'
import { filesProblem, ratingProblem } from './may'
import { said } from './words'
import { written } from '../format-words'

interface RateFormProps {
  request: RequestView
  acts: RequestActs
  /** Stars that were tapped already on the way here. */
  firstStars: number
  onRated(request: RequestView): void
}

const outcomes: readonly RatingGiven['outcome'][] = ['solved', 'partly', 'not']

/** How it went: stars, whether it is solved, why not better, words and photos. */
export function RateForm({ request, acts, firstStars, onRated }: RateFormProps) {
  const [stars, setStars] = useState(firstStars)
  const [outcome, setOutcome] = useState<RatingGiven['outcome'] | null>(null)
  const [reasons, setReasons] = useState<string[]>([])
  const [text, setText] = useState('')
  const uploads = useUploads()
  const { busy, press } = usePress(async () => {
    const problem =
      ratingProblem({ stars, outcome, reasons }, request.reasonsUnderFour) ?? filesProblem(uploads.items)
    if (problem !== null || outcome === null) return succeed(problem ?? said.rate.outcomeMissing)
    const answer = await acts.rate({
      stars,
      outcome,
      reasons: stars < 4 ? reasons : [],
      words: text,
      fileIds: readyIds(uploads.items),
    })
    succeed(answer.followUp ? said.rate.followUp(answer.followUp.number) : said.rate.thanks)
    onRated(answer.request)
  })
  return (
    <Card className="stack" id="rate-form">
      <View className="t-title">{said.rate.ask}</View>
      <Stars value={stars} onPick={setStars} />
      {stars > 0 ? <View className="t-2 center">{words.stars[stars - 1]}</View> : null}
      <View className="t-2">{said.rate.outcome}</View>
      <Choices<RatingGiven['outcome']>
        options={outcomes.map((value) => ({ value, label: said.rate.outcomes[value] }))}
        value={outcome}
        onPick={setOutcome}
      />
      {outcome === 'partly' ? <View className="t-3">{said.rate.partlyText}</View> : null}
      {outcome === 'not' ? <View className="t-3">{said.rate.notText}</View> : null}
      {stars > 0 && stars < 4 ? (
        <>
          <View className="t-2">{said.rate.reasons}</View>
          <Many options={request.reasonsUnderFour} values={reasons} onChange={setReasons} />
        </>
      ) : null}
      <Words
        id="rate-words"
        label={said.rate.words}
        value={text}
        onInput={setText}
        placeholder={`${said.rate.words}${written.aside(said.rate.wordsHolder)}`}
        maxLength={300}
      />
      {acts.withFiles ? <Attachments uploads={uploads} photosOnly /> : null}
      <Button id="submit-rating" busy={busy} onClick={press}>
        {said.rate.submit}
      </Button>
    </Card>
  )
}
