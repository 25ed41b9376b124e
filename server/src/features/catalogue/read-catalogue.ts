import type { z } from 'zod'
import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { calendarNamed } from './calendar-files'
import { currentCatalogue } from './current-catalogue'
import { limitMinutes, limitWords } from './promise'
import type { CatalogueBody, catalogueOperations, ClockKind, ServiceClass, ServiceType } from './schema'

const CLASS_NAMES: Readonly<Record<ServiceClass, string>> = {
  repair: '故障报修',
  service: '服务申请',
  complaint: '投诉',
  other: '其他诉求',
}
const CLASSES: readonly ServiceClass[] = ['repair', 'service', 'complaint', 'other']

/** Which promise a resident cares for most. */
const FIRST: readonly ClockKind[] = ['arrive', 'restore', 'reply', 'accept']

/** What can be reported to a company, without what is only the company's own: receivers, clocks, skills. */
export async function readCatalogue(
  ctx: Ctx,
  input: { companyId: string },
): Promise<z.input<(typeof catalogueOperations)['catalogue.read']['output']>> {
  const company = companyOf(ctx, input.companyId)
  const { version, body } = await currentCatalogue(ctx, company.id)
  return {
    companyId: company.id,
    version,
    hotline: company.hotline,
    classes: CLASSES.filter((id) => body.types.some((type) => type.class === id)).map((id) => ({
      id,
      name: CLASS_NAMES[id],
    })),
    types: body.types.map((type) => ({
      id: type.id,
      class: type.class,
      name: type.name,
      hint: type.hint,
      questions: type.questions,
      household: type.household,
      photo: type.photo,
      place: type.place,
      appointment: type.appointment,
      anonymous: type.anonymous,
      stopper: type.stopper,
      page: type.page ?? null,
      promise: promiseOf(ctx, body, type),
    })),
  }
}

/** Where no household is known yet, the promise is the town's, and says so when the country has another. */
function promiseOf(ctx: Ctx, body: CatalogueBody, type: ServiceType): string | null {
  const rule = FIRST.flatMap((kind) => type.clocks.find((clock) => clock.kind === kind) ?? [])[0]
  if (!rule) return null
  const minutes = limitMinutes(rule, 'city', type.priority)
  const elsewhere = Object.values(body.areaClasses).some(
    (area) => limitMinutes(rule, area, type.priority) !== minutes,
  )
  const words = limitWords(rule, minutes, calendarNamed(ctx, rule.calendar))
  return elsewhere ? `城区 ${words}` : words
}
