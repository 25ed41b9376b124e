import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { numberIndexOf } from './caller'
import { callTable, extensionTable } from './entities'

const OF_STAFF = { act: 'keep', why: '是员工的工作记录，不是居民的' } as const

export const callsPersonal: PersonalData<Ctx> = {
  feature: 'calls',
  tables: [
    {
      table: callTable,
      says: '打来的电话',
      of: [
        { column: 'residentId', is: 'resident' },
        { column: 'numberIndex', is: 'call-number' },
      ],
      why: '接电话时知道是哪一户；漏接的回过去',
      basis: 'contract',
      kept: '180天',
      keep: { by: 'id', days: (config) => config.calls.keepDays + 1, act: 'own' },
      seen: '客服（号码打码，看全要留痕）',
      shown: 'state startedAt:来电时间 answeredAt:接听时间 endedAt:挂断时间',
      sealed: 'numberSealed:号码',
      secret: 'numberIndex',
      refs: 'id switchCallId residentId householdId requestId',
      staff: 'agentId callBackById callBackByName callBackResult',
      plain:
        'companyId numberKnown areaPath lastEventAt callBack missedTimes callBackAt version createdAt updatedAt',
      end: { act: 'delete' },
    },
    {
      table: extensionTable,
      says: '客服的分机',
      of: [],
      why: '电话响在谁那里',
      basis: 'staff',
      kept: '在职期间',
      seen: '客服',
      staff: 'extension staffId',
      plain: 'companyId since',
      end: OF_STAFF,
    },
  ],
  impersonal: {},
  keys: (ctx, { phones }) =>
    Promise.resolve({ 'call-number': phones.map((phone) => numberIndexOf(ctx, phone)) }),
}
