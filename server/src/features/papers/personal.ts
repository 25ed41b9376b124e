import { type PersonalData, sinceInstant } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { proofTable } from './entities'

export const papersPersonal: PersonalData<Ctx> = {
  feature: 'papers',
  tables: [
    {
      table: proofTable,
      says: '开过的缴费证明',
      of: [{ column: 'householdId', is: 'household-from', since: sinceInstant('createdAt') }],
      why: '让收到证明的人能验真伪',
      basis: 'contract',
      kept: '和缴费记录一样久：证明要一直能验',
      seen: '缴费人、绑定了这户的人；有验证码的人只看到遮住的内容',
      shown: 'code:验证码 createdAt:开具时间',
      refs: 'id paymentId householdId',
      plain: 'companyId',
      end: { act: 'keep', why: '证明写的是缴费，不写姓名地址；收到它的人还要能验' },
    },
  ],
  impersonal: {},
}
