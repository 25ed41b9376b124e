import { companyOf } from '../../core/config/companies'
import { readingRulesOf } from '../../core/config/readings'
import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue, serviceTypeOf } from '../catalogue'
import { actorOf, createRequest } from '../requests'
import type { ReadingRow } from './entities'
import { periodInWords } from './words'

/** Makes the request by which somebody goes and looks at the meter; answers its id. Once: a second ask is the first. */
export async function sendSomebody(tx: Tx, ctx: Ctx, reading: ReadingRow): Promise<string> {
  if (reading.requestId !== null) return reading.requestId
  const company = companyOf(ctx, reading.companyId)
  const { version, body } = await currentCatalogue(ctx, company.id)
  const typeId = readingRulesOf(ctx.config, company).visitType
  if (!serviceTypeOf(body, typeId))
    throw new AppError('not_found', { message: `服务目录里没有上门看表的类型（${typeId}），请联系管理员。` })
  const said = reading.decision === null ? '' : `；${reading.decision}`
  const { row } = await createRequest(tx, ctx, {
    companyId: company.id,
    typeId,
    catalogueVersion: version,
    channel: 'counter',
    by: actorOf(ctx),
    // A visitor by the household's code is nobody whom the household knows.
    residentId: reading.source === 'resident' ? reading.residentId : null,
    householdId: reading.householdId,
    addressText: null,
    place: null,
    words: `核实${periodInWords(reading.period)}自助报数：表号 ${reading.serial}，报的读数 ${reading.value}${said}`,
    answers: {},
    fileIds: [],
    contactName: null,
    contactPhone: null,
    onBehalfOf: null,
    anonymous: false,
    holdId: null,
    followsUpId: null,
    wordsFlagged: false,
    isKnown: true,
    withLink: false,
  })
  return row.id
}
