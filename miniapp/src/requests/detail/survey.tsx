import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import type { RequestView } from '../../api/types'
import { Button, Card, succeed, usePress } from '../../ui'
import { said } from '../words'

type Answer = 'good' | 'bad' | 'never'
const thanks = { good: 'thanks', bad: 'sorry', never: 'neverDone' } as const satisfies Record<Answer, string>

/** Four weeks later, once; and the way never to be asked again. */
export function Survey({ request }: { request: RequestView }) {
  const [answered, setAnswered] = useState(false)
  const answer = async (given: Answer) => {
    await write('requests.answerSurvey', {
      requestId: request.id,
      stillGood: given === 'never' ? null : given === 'good',
      noMoreSurveys: given === 'never',
    })
    setAnswered(true)
    succeed(said.survey[thanks[given]])
  }
  const good = usePress(() => answer('good'))
  const bad = usePress(() => answer('bad'))
  const never = usePress(() => answer('never'))
  if (request.survey?.open !== true || answered) return null
  return (
    <Card className="stack" id="survey">
      <View className="t-title">{said.survey.title}</View>
      <View className="between">
        <View className="grow">
          <Button kind="soft" id="survey-good" busy={good.busy} onClick={good.press}>
            {said.survey.good}
          </Button>
        </View>
        <View className="grow">
          <Button kind="soft" id="survey-bad" busy={bad.busy} onClick={bad.press}>
            {said.survey.bad}
          </Button>
        </View>
      </View>
      <Button kind="plain" small id="survey-never" busy={never.busy} onClick={never.press}>
        {said.survey.never}
      </Button>
    </Card>
  )
}
