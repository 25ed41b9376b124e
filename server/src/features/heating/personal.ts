import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { caseTable, cursorTable, roundTable, supplyTable } from './entities'

const RESIDENT = [{ column: 'residentId', is: 'resident' }] as const

export const heatingPersonal: PersonalData<Ctx> = {
  feature: 'heating',
  tables: [
    {
      table: caseTable,
      says: '家里不热的测温和退费',
      of: RESIDENT,
      why: '按当地规定测温、退费',
      basis: 'duty',
      kept: '账务资料30年',
      seen: '本人；供热员工',
      shown:
        'number:编号 season:采暖季 state requestedAt:提出时间 amountFen refund:算法 answer:答复 refundedFen:退回（元） creditedFen:抵扣（元） createdAt closedAt',
      sealed: 'objectionSealed:异议',
      refs: 'id householdId residentId',
      staff: 'approver1Id approver1Name approver2Id approver2Name',
      plain:
        'companyId areaPath areaName city kind openSlot reckonedAt finalAt answeredAt approved1At approvedAt told nextLookAt version updatedAt',
      end: { act: 'blank', columns: 'objectionSealed', why: '退费是账，留着；您写的异议清空' },
    },
    {
      table: roundTable,
      says: '上门测温',
      of: [{ column: 'caseId', in: 'heat_case', key: 'id' }],
      why: '按当地规定测温、退费',
      basis: 'duty',
      kept: '账务资料30年',
      seen: '本人；供热员工',
      shown: 'requestedAt:提出时间 dueAt:应到时间 missedAt:没到时间',
      refs: 'requestId caseId',
      end: { act: 'keep', why: '只有时间，退费按它算' },
    },
    {
      table: supplyTable,
      says: '停供、恢复供热的申请',
      of: RESIDENT,
      why: '办理停热、恢复',
      basis: 'contract',
      kept: '账务资料30年',
      seen: '本人；供热员工',
      shown:
        'accountNo:户号 season:采暖季 kind state plan:方案 effectFen:费用（元） consentedAt:同意时间 answer:答复 createdAt',
      sealed: 'reasonSealed:原因 agreementSealed:来电人怎么同意的',
      refs: 'id householdId residentId',
      staff: 'decidedById decidedByName filedById filedByName',
      plain: 'companyId areaPath areaName openSlot isLate fromDay decidedAt version callerKind',
      end: {
        act: 'blank',
        columns: 'reasonSealed agreementSealed',
        why: '这户停没停供要留着，您写的原因清空',
      },
    },
  ],
  impersonal: { [cursorTable.name]: 'companyId afterId' },
}
