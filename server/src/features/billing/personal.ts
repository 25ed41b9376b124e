import { type PersonalData, sinceInstant } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import {
  billTable,
  billVersionTable,
  creditTable,
  importLeaseTable,
  importRunTable,
  serviceBillTable,
} from './entities'
import { sincePeriod } from './whose-bill'

const OF_HOUSEHOLD = { act: 'keep', why: '是这户的用能资料，不随一个人的账号走' } as const

export const billingPersonal: PersonalData<Ctx> = {
  feature: 'billing',
  tables: [
    {
      table: billTable,
      says: '账单',
      of: [{ column: 'householdId', is: 'household-from', since: sincePeriod }],
      why: '供用合同：收费',
      basis: 'contract',
      kept: '账务资料30年',
      seen: '绑定了这户的人；扫了这户码的人看应缴金额；收费和客服员工',
      shown:
        'accountNo:户号 title period kind amountFen lateFeeFen:违约金（元） paidFen:已缴（元） state dueOn:最晚缴费日 detail:明细 asOf:数据时间',
      refs: 'id householdId heldByResidentId heldByPaymentId',
      plain: 'companyId readBy comparedFen sourceName version heldAt createdAt updatedAt',
      end: OF_HOUSEHOLD,
    },
    {
      table: billVersionTable,
      says: '账单改过的样子',
      of: [{ column: 'billId', in: 'bill', key: 'id' }],
      why: '账单为什么变了说得清',
      basis: 'contract',
      kept: '账务资料30年',
      seen: '收费和客服员工',
      shown:
        'version:第几版 amountFen lateFeeFen:违约金（元） detail:明细 dueOn:最晚缴费日 replacedAt:改的时间',
      refs: 'billId',
      plain: 'comparedFen asOf sourceName replacedByRunId',
      end: OF_HOUSEHOLD,
    },
    {
      table: serviceBillTable,
      says: '上门服务的账单',
      of: [{ column: 'billId', in: 'bill', key: 'id' }],
      why: '这笔账从哪次上门来',
      basis: 'contract',
      kept: '账务资料30年',
      seen: '收费和客服员工',
      shown: 'reason:来由 createdAt',
      refs: 'billId',
      end: OF_HOUSEHOLD,
    },
    {
      table: creditTable,
      says: '户上的余额',
      of: [{ column: 'householdId', is: 'household-from', since: sinceInstant('createdAt') }],
      why: '多缴的钱记在户上',
      basis: 'contract',
      kept: '账务资料30年',
      seen: '绑定了这户的人；收费员工',
      shown: 'amountFen createdAt',
      refs: 'id householdId paymentId',
      plain: 'companyId',
      end: OF_HOUSEHOLD,
    },
  ],
  impersonal: {
    [importRunTable.name]:
      'id companyId fileSha rulesSha fileName state nextRecord created updated unchanged untouched report startedAt finishedAt',
    [importLeaseTable.name]: 'companyId token leaseUntil',
  },
}
