import { View } from '@tarojs/components'
import { callHotline } from '../parts/hotline'
import { go } from '../routes'
import { Button, Icon } from '../ui'
import { focusable } from '../ui/focusable'
import { LiveCard } from './live-card'
import type { Answers, Conversation } from './types'
import { said } from './words'

interface AnswersProps {
  answers: Answers
  conversation: Conversation
  onArticle(articleId: string, title: string): void
}

/** What the knowledge base says: danger before everything, then what is mine, then the best answers. */
export const AnswersView = ({ answers, conversation, onArticle }: AnswersProps) => (
  <View className="stack">
    {answers.danger ? <Danger danger={answers.danger} companyId={conversation.companyId} /> : null}
    {/* With a danger the words only say the same again, for those who read them elsewhere. */}
    {answers.text === '' || answers.danger ? null : <View className="said">{answers.text}</View>}
    {answers.cards.map((card) => (
      <LiveCard key={`${card.type}-${card.id}`} card={card} onArticle={onArticle} />
    ))}
    {answers.items.length === 0 ? null : (
      <View className="answers">
        {answers.items.map(({ articleId, title, excerpt }) => (
          <View
            key={articleId}
            id={`answer-${articleId}`}
            className="answer"
            role="button"
            hoverClass="row-pressed"
            {...focusable}
            onClick={() => onArticle(articleId, title)}
          >
            <View className="grow">
              <View className="answer-title">{title}</View>
              {excerpt === '' ? null : <View className="t-3 answer-excerpt">{excerpt}</View>}
            </View>
            <Icon name="right" className="t-3 row-arrow" />
          </View>
        ))}
      </View>
    )}
  </View>
)

/** What to do first, the number to call, and the shortest way to have it noted down. */
const Danger = ({ danger, companyId }: { danger: NonNullable<Answers['danger']>; companyId: string }) => (
  <View className="danger-box" id="danger" role="alert">
    <View className="danger-title">{danger.title}</View>
    {danger.steps.map((step, index) => (
      <View key={step} className="danger-step">{`${index + 1}. ${step}`}</View>
    ))}
    <Button kind="danger" id="danger-call" onClick={() => callHotline(danger.phone)}>
      {said.answers.call(danger.phone)}
    </Button>
    <Button
      kind="plain"
      id="danger-report"
      onClick={() => go('reportForm', { companyId, typeId: danger.typeId })}
    >
      {said.answers.report}
    </Button>
  </View>
)
