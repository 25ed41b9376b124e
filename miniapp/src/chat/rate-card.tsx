import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../api/client'
import { GivenStars, Stars } from '../parts/stars'
import { Button, Card, Many, succeed, usePress } from '../ui'
import { Words } from '../ui/words-field'
import { words } from '../words'
import type { Conversation } from './types'
import { said } from './words'
import { written } from '../format-words'

interface RateProps {
  conversation: Conversation
  onRated(next: Conversation): void
  /** It takes more room now. */
  onGrow(): void
}

/** How it was, once it is over; afterwards what was given. */
export function RateCard(props: RateProps) {
  const { rating, whyAsked } = props.conversation
  if (rating)
    return (
      <Card className="stack" id="given-rating">
        <View className="t-2">{said.rate.given}</View>
        <GivenStars value={rating.stars} />
        {rating.words === null ? null : <View className="said">{rating.words}</View>}
      </Card>
    )
  return whyAsked ? <RateForm {...props} whyAsked={whyAsked} /> : null
}

interface RateFormProps extends RateProps {
  whyAsked: NonNullable<Conversation['whyAsked']>
}

function RateForm({ conversation, whyAsked, onRated, onGrow }: RateFormProps) {
  const [stars, setStars] = useState(0)
  const [reasons, setReasons] = useState<string[]>([])
  const [text, setText] = useState('')
  const asksWhy = stars > 0 && stars <= whyAsked.atMost
  const { busy, press } = usePress(async () => {
    if (stars === 0) return succeed(said.rate.starsMissing)
    if (asksWhy && reasons.length === 0) return succeed(said.rate.reasonsMissing)
    const answer = await write('chat.rate', {
      conversationId: conversation.id,
      stars,
      reasons: asksWhy ? reasons : [],
      ...(text.trim() === '' ? {} : { words: text.trim() }),
    })
    succeed(said.rate.thanks)
    onRated(answer.conversation)
  })
  return (
    <Card className="stack" id="rate-chat">
      <View className="t-title">{said.rate.title}</View>
      <Stars
        value={stars}
        onPick={(picked) => {
          setStars(picked)
          onGrow()
        }}
      />
      {stars > 0 ? <View className="t-2 center">{words.stars[stars - 1]}</View> : null}
      {asksWhy ? (
        <>
          <View className="t-2">{said.rate.reasons}</View>
          <Many options={whyAsked.reasons} values={reasons} onChange={setReasons} />
        </>
      ) : null}
      {stars > 0 ? (
        <>
          <Words
            id="rate-words"
            label={said.rate.words}
            value={text}
            onInput={setText}
            placeholder={`${said.rate.words}${written.aside(said.rate.holder)}`}
            maxLength={300}
          />
          <Button id="submit-chat-rating" busy={busy} onClick={press}>
            {said.rate.submit}
          </Button>
        </>
      ) : null}
    </Card>
  )
}
