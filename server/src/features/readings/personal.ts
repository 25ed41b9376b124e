import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { meterTable, meterWalkTable, readingTable, reminderTable } from './entities'

const HOUSEHOLD = [{ column: 'householdId', is: 'household' }] as const
const OF_HOUSEHOLD = { act: 'keep', why: '是这户的用能资料，不随一个人的账号走' } as const

export const readingsPersonal: PersonalData<Ctx> = {
  feature: 'readings',
  tables: [
    {
      table: readingTable,
      says: '自己报的读数',
      of: [{ column: 'residentId', is: 'resident' }],
      why: '按实际用量出账',
      basis: 'contract',
      kept: '账务资料30年；照片730天',
      seen: '本人；处理读数的员工',
      shown:
        'serial:表号 period value:读数 readAt reason:原因 words state decision:处理意见 decidedAt:处理时间 createdAt',
      refs: 'id meterId householdId residentId fileId requestId billId postedSerial',
      staff: 'decidedById decidedByName',
      plain:
        'companyId areaPath correctedValue source wordsFlagged activeSlot judgement dueAt billVersion billAmountFen correction joinState joinAmountFen joinedAt joinLookAt version updatedAt',
      end: { act: 'blank', columns: 'words', why: '账是按这个读数出的，读数留着，写的话清空' },
    },
    {
      table: meterTable,
      says: '家里的表',
      of: HOUSEHOLD,
      why: '读数对得上是哪块表',
      basis: 'contract',
      kept: '供用合同期间',
      seen: '绑定了这户的人；抄表员工',
      shown: 'kind serial:表号 lastValue:上次读数 lastOn:上次抄表',
      refs: 'id householdId accountNo lastBillId',
      plain: 'companyId unit integerDigits decimals lastBy lastPeriod areaPath createdAt updatedAt',
      end: OF_HOUSEHOLD,
    },
  ],
  impersonal: {
    [meterWalkTable.name]: 'name lastBillId',
    [reminderTable.name]: 'companyId period bulkId lastMeterId state told startedAt',
  },
}
