import { Checkbox, DatePicker, Form, Input, InputNumber, Radio } from 'antd'
import type { ResidentType } from '../../../api/types'
import type { Answer } from './draft'

type Question = ResidentType['questions'][number]

interface QuestionsProps {
  readonly questions: readonly Question[]
  readonly answers: Readonly<Record<string, Answer>>
  readonly onAnswer: (code: string, answer: Answer) => void
}

/** The extra questions of a type, each with the field that fits its kind. */
export function Questions({ questions, answers, onAnswer }: QuestionsProps) {
  return questions.map((question) => (
    <Form.Item
      key={question.code}
      label={question.label}
      required={question.required}
      htmlFor={`question-${question.code}`}
    >
      <Field
        question={question}
        answer={answers[question.code]}
        onAnswer={(answer) => onAnswer(question.code, answer)}
      />
    </Form.Item>
  ))
}

interface FieldProps {
  readonly question: Question
  readonly answer: Answer | undefined
  readonly onAnswer: (answer: Answer) => void
}

function Field({ question, answer, onAnswer }: FieldProps) {
  const id = `question-${question.code}`
  const options = question.options.map((value) => ({ value, label: value }))
  if (question.kind === 'choice')
    return (
      <Radio.Group
        id={id}
        aria-label={question.label}
        optionType="button"
        options={options}
        value={answer}
        onChange={(event) => onAnswer(String(event.target.value))}
      />
    )
  if (question.kind === 'many')
    return (
      <Checkbox.Group
        aria-label={question.label}
        options={options}
        value={Array.isArray(answer) ? answer : []}
        onChange={(values) => onAnswer(values.map(String))}
      />
    )
  if (question.kind === 'number')
    return (
      <InputNumber
        id={id}
        value={typeof answer === 'number' ? answer : null}
        {...(question.unit !== undefined && { suffix: question.unit })}
        onChange={(value) => onAnswer(value ?? '')}
      />
    )
  if (question.kind === 'datetime')
    return (
      <DatePicker
        id={id}
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        onChange={(value) => onAnswer(value ? value.format('YYYY-MM-DD HH:mm') : '')}
      />
    )
  return (
    <Input
      id={id}
      maxLength={200}
      value={typeof answer === 'string' ? answer : ''}
      {...(question.unit !== undefined && { suffix: question.unit })}
      onChange={(event) => onAnswer(event.target.value)}
    />
  )
}
