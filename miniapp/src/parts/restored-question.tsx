import { View } from '@tarojs/components'
import { write } from '../api/client'
import type { OpenQuestion } from '../api/types'
import { go } from '../routes'
import { Button, Card, succeed, usePress } from '../ui'
import { words } from '../words'

interface QuestionProps {
  question: OpenQuestion
  onAnswered(): void
}

/** 恢复了吗? A no leads to the request that was opened for it, with its promise. */
export function RestoredQuestion({ question, onAnswered }: QuestionProps) {
  const { noticeId, householdId } = question
  const answer = (given: 'yes' | 'no') =>
    write('requests.answerRestored', { noticeId, householdId, answer: given })
  const yes = usePress(async () => {
    await answer('yes')
    succeed(words.question.thanks)
    onAnswered()
  })
  const no = usePress(async () => {
    const { request } = await answer('no')
    onAnswered()
    succeed(words.question.sorry)
    if (request !== null) go('request', { id: request.id })
  })
  return (
    <Card className="stack" id={`question-${noticeId}`}>
      <View>
        <View className="t-title">{words.question.title}</View>
        <View className="t-2">{words.question.text(question.shortAddress, question.title)}</View>
      </View>
      <View className="between">
        <View className="grow">
          <Button kind="soft" id="restored-no" busy={no.busy} disabled={yes.busy} onClick={no.press}>
            {words.question.no}
          </Button>
        </View>
        <View className="grow">
          <Button id="restored-yes" busy={yes.busy} disabled={no.busy} onClick={yes.press}>
            {words.question.yes}
          </Button>
        </View>
      </View>
    </Card>
  )
}
