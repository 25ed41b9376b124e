import { AppError } from '../../core/errors'
import type { Question, ServiceType } from '../catalogue'

export type Answers = Readonly<Record<string, string | number | readonly string[]>>

/**
 * The answers to a type's questions, in their order and nothing else. `isCaller` is somebody on the telephone, who
 * cannot be asked twice: what is missing stays missing. Errors: invalid_input that names the question.
 */
export function checkedAnswers(type: ServiceType, given: Answers, isCaller: boolean): Answers {
  const kept: Record<string, string | number | readonly string[]> = {}
  for (const question of type.questions) {
    const answer = given[question.code]
    if (answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)) {
      if (question.required && !isCaller) throw wrong(question, `请填写“${question.label}”。`)
      continue
    }
    if (!fits(question, answer)) throw wrong(question, `“${question.label}”填写得不对，请重新选。`)
    kept[question.code] = answer
  }
  return kept
}

function fits(question: Question, answer: string | number | readonly string[]): boolean {
  switch (question.kind) {
    case 'number':
      return typeof answer === 'number' && Number.isFinite(answer)
    case 'many':
      return Array.isArray(answer) && answer.every((one: string) => question.options.includes(one))
    case 'choice':
      return typeof answer === 'string' && question.options.includes(answer)
    case 'text':
    case 'datetime':
      return typeof answer === 'string'
  }
}

function wrong(question: Question, message: string): AppError {
  return new AppError('invalid_input', { message, fields: [{ path: `answers.${question.code}`, message }] })
}

/** The answers as people read them, by the questions of the version that was asked. */
export function answersInWords(type: ServiceType, answers: string): { label: string; value: string }[] {
  const given = JSON.parse(answers) as Answers
  return type.questions.flatMap((question) => {
    const answer = given[question.code]
    if (answer === undefined) return []
    const value = Array.isArray(answer) ? answer.join('、') : String(answer)
    return [{ label: question.label, value: `${value}${question.unit ?? ''}` }]
  })
}
