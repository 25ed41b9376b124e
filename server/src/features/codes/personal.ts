import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { codeScanTable, householdCodeTable } from './entities'
import { codeOrderTable, printedFileTable } from './print-entities'

const HOUSEHOLD = [{ column: 'householdId', is: 'household' }] as const
const OF_HOUSEHOLD = { act: 'keep', why: '是这户的用能资料，不随一个人的账号走' } as const
const OF_STAFF = { act: 'keep', why: '是员工的工作记录，不是居民的' } as const

export const codesPersonal: PersonalData<Ctx> = {
  feature: 'codes',
  tables: [
    {
      table: householdCodeTable,
      says: '家里的码',
      of: HOUSEHOLD,
      why: '扫码缴费、报修',
      basis: 'contract',
      kept: '供用合同期间',
      seen: '绑定了这户的人；制码员工',
      shown: 'publicId:码号 state createdAt revokedAt:作废时间',
      refs: 'id householdId',
      staff: 'createdBy revokedBy',
      plain: 'companyId keyId serial why activeSlot',
      end: OF_HOUSEHOLD,
    },
    {
      table: codeScanTable,
      says: '每天被扫了几次',
      of: [{ column: 'codeId', in: 'household_code', key: 'id' }],
      why: '发现被人乱扫',
      basis: 'duty',
      kept: '长期',
      seen: '制码员工',
      shown: 'day scans:次数',
      refs: 'codeId',
      end: OF_HOUSEHOLD,
    },
    {
      table: codeOrderTable,
      says: '谁打印了码',
      of: [],
      why: '谁打印的说得清',
      basis: 'staff',
      kept: '长期',
      seen: '制码员工',
      staff: 'createdBy createdByName',
      plain:
        'id companyId areaPath areaId householdId placeName form state households passed made leftOut files pages missing afterAreaId afterHouseholdId afterAddress growing step createdAt updatedAt endedAt',
      end: OF_STAFF,
    },
    {
      table: printedFileTable,
      says: '打印好的码（有地址、没有姓名）',
      of: [],
      why: '贴到户上',
      basis: 'contract',
      kept: '几天后删除',
      seen: '制码员工',
      secret: 'name cipherSealed sha256',
      plain: 'orderId fileNo title codes pages missing bytes createdAt taken',
      end: { act: 'keep', why: '自动删除' },
    },
  ],
  impersonal: {},
}
