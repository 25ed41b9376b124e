import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { outletTable, ticketTable } from './entities'

export const outletsPersonal: PersonalData<Ctx> = {
  feature: 'outlets',
  tables: [
    {
      table: ticketTable,
      says: '营业厅取的号',
      of: [{ column: 'residentId', is: 'resident' }],
      why: '到营业厅不用站着等',
      basis: 'contract',
      kept: '400天',
      keep: { by: 'id', days: (config) => config.privacy.keep.traceDays, act: 'delete' },
      seen: '本人；营业厅员工只看到号',
      shown: 'day number:号 state counter:柜台 takenAt:取号时间 calledAt:叫号时间 endedAt:结束时间',
      secret: 'liveKey',
      refs: 'id residentId',
      plain: 'outletId companyId calls',
      end: { act: 'blank', columns: 'residentId liveKey', why: '号的先后要对得上，只去掉是谁取的' },
    },
  ],
  impersonal: {
    [outletTable.name]:
      'id companyId name address phone latE6 lngE6 hours services access note hasTickets minutesEach state ticketDay lastNumber version createdAt updatedAt',
  },
}
