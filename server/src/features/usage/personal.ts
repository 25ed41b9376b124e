import { type PersonalData, sinceDay, sinceInstant } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { usageAlertTable, usageDayTable, usageImportTable, usagePeerTable, usageWalkTable } from './entities'

const OF_HOUSEHOLD = { act: 'keep', why: '是这户的用能资料，不随一个人的账号走' } as const

export const usagePersonal: PersonalData<Ctx> = {
  feature: 'usage',
  tables: [
    {
      table: usageDayTable,
      says: '每天的用量',
      // Single days tell when somebody was at home: a tenant gets those since they were bound (read-usage.ts).
      of: [{ column: 'householdId', is: 'household-from', since: sinceDay('day') }],
      why: '看清用了多少',
      basis: 'contract',
      kept: '400天',
      keep: { by: 'day', days: (config) => config.usage.daysKept + 1, act: 'own' },
      seen: '绑定了这户的人；客服',
      shown: 'day quantityMilli:用量（千分之一）',
      refs: 'householdId',
      plain: 'importedAt',
      end: OF_HOUSEHOLD,
    },
    {
      table: usageAlertTable,
      says: '账单要变高的提醒',
      of: [{ column: 'householdId', is: 'household-from', since: sinceInstant('at') }],
      why: '高账单提前知道',
      basis: 'contract',
      kept: '账务资料30年',
      seen: '绑定了这户的人',
      shown: 'period lowFen:最少（元） highFen:最多（元） lastYearFen:去年同期（元） at',
      refs: 'householdId',
      end: OF_HOUSEHOLD,
    },
  ],
  impersonal: {
    [usageImportTable.name]:
      'id companyId fileSha fileName state nextRecord created corrected unchanged startedAt finishedAt',
    [usageWalkTable.name]:
      'companyId purpose followsAt generation state cursorPath cursorId pages households startedAt movedAt finishedAt',
    [usagePeerTable.name]: 'areaId period generation companyId households counts',
  },
}
