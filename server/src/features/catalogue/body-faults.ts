import type { Calendar } from './calendar'
import type { CatalogueBody, ServiceType } from './schema'

export interface BodyFault {
  readonly path: string
  readonly message: string
}

/** What the shape alone cannot say about a catalogue; the sentences are for the person who edits it. */
export function bodyFaults(body: CatalogueBody, known: ReadonlyMap<string, Calendar>): BodyFault[] {
  const seen = new Set<string>()
  return body.types.flatMap((type, index) => {
    const faults = typeFaults(type, index, known)
    if (seen.has(type.id))
      faults.push({ path: `types.${index}.id`, message: `编号 ${type.id} 用了两次，请改一个` })
    seen.add(type.id)
    return faults
  })
}

function typeFaults(type: ServiceType, index: number, known: ReadonlyMap<string, Calendar>): BodyFault[] {
  const at = `types.${index}`
  const faults: BodyFault[] = []
  const kinds = new Set<string>()
  for (const [n, clock] of type.clocks.entries()) {
    if (!known.has(clock.calendar))
      faults.push({ path: `${at}.clocks.${n}.calendar`, message: `没有名为 ${clock.calendar} 的日历` })
    if (kinds.has(clock.kind))
      faults.push({ path: `${at}.clocks.${n}.kind`, message: `${type.name}有两个同样的时限，请删掉一个` })
    kinds.add(clock.kind)
    if (clock.startsAt === clock.metBy)
      faults.push({ path: `${at}.clocks.${n}.metBy`, message: `${type.name}的时限一开始就算完成，请改终点` })
  }
  const codes = type.questions.map((question) => question.code)
  if (new Set(codes).size < codes.length)
    faults.push({ path: `${at}.questions`, message: `${type.name}有两个问题用了同一个编号` })
  for (const [n, question] of type.questions.entries()) {
    const chooses = question.kind === 'choice' || question.kind === 'many'
    if (chooses && question.options.length < 2)
      faults.push({ path: `${at}.questions.${n}.options`, message: `“${question.label}”至少要有两个选项` })
  }
  if (type.anonymous && type.class !== 'complaint' && type.class !== 'other')
    faults.push({ path: `${at}.anonymous`, message: `${type.name}要上门或回复，不能匿名` })
  return [...faults, ...stopperFaults(type, at)]
}

/** Whoever is told to go outside must not stay for a photo, nor look for a time that suits. */
function stopperFaults(type: ServiceType, at: string): BodyFault[] {
  if (!type.stopper) return []
  const needed = [
    ...(type.photo === 'required' ? [['photo', '拍照'] as const] : []),
    ...(type.appointment === 'required' ? [['appointment', '约时间'] as const] : []),
  ]
  return needed.map(([key, what]) => ({
    path: `${at}.${key}`,
    message: `${type.name}要先保证人安全，不能再要求${what}，请改成可选`,
  }))
}
