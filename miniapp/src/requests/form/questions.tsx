import { View } from '@tarojs/components'
import type { Question } from '../../api/types'
import { Moment } from '../../platform/moment'
import { Choices, Line, Many } from '../../ui'
import type { Answer, Faults } from '../draft'
import { said } from '../words'
import { written } from '../../format-words'

interface QuestionsProps {
  questions: readonly Question[]
  answers: Readonly<Record<string, Answer>>
  faults: Faults
  onChange(answers: Record<string, Answer>): void
}

/** The extra questions of a type, each by its kind. */
export function Questions({ questions, answers, faults, onChange }: QuestionsProps) {
  return (
    <>
      {questions.map((question) => (
        <View key={question.code} id={`part-q-${question.code}`}>
          <Asked
            question={question}
            answer={answers[question.code]}
            error={faults[`q-${question.code}`] ?? null}
            onAnswer={(answer) => onChange({ ...answers, [question.code]: answer })}
          />
        </View>
      ))}
    </>
  )
}

interface AskedProps {
  question: Question
  answer: Answer | undefined
  error: string | null
  onAnswer(answer: Answer): void
}

function Asked({ question, answer, error, onAnswer }: AskedProps) {
  const label = question.unit ? `${question.label}${written.aside(question.unit)}` : question.label
  if (question.kind === 'text' || question.kind === 'number') {
    return (
      <Line
        id={`answer-${question.code}`}
        label={label}
        value={answer === undefined || Number.isNaN(answer) ? '' : String(answer)}
        onInput={(value) => onAnswer(question.kind === 'text' ? value : numberOf(value))}
        placeholder=""
        maxLength={question.kind === 'text' ? 100 : 8}
        error={error}
        keys={question.kind === 'text' ? 'text' : 'digit'}
      />
    )
  }
  return (
    <View className="stack question">
      <View className="t-2">{label}</View>
      {question.kind === 'choice' ? (
        <Choices
          options={question.options.map((value) => ({ value, label: value }))}
          value={typeof answer === 'string' ? answer : null}
          onPick={onAnswer}
        />
      ) : null}
      {question.kind === 'many' ? (
        <Many options={question.options} values={Array.isArray(answer) ? answer : []} onChange={onAnswer} />
      ) : null}
      {question.kind === 'datetime' ? (
        <Moment
          id={`answer-${question.code}`}
          label={label}
          dayLabel={said.form.date}
          value={typeof answer === 'string' ? answer : ''}
          onPick={onAnswer}
        />
      ) : null}
      {error ? <View className="field-error">{error}</View> : null}
    </View>
  )
}

/** What is being typed may end in a point; until it is a number it is kept as it stands. */
const numberOf = (value: string): Answer => (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value)
