import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { visitBookingTable, visitDayTable, visitSlotTable } from './entities'

export const appointmentsPersonal: PersonalData<Ctx> = {
  feature: 'appointments',
  tables: [
    {
      table: visitBookingTable,
      says: '上门预约',
      of: [
        { column: 'residentId', is: 'resident' },
        { column: 'holderId', is: 'resident' },
      ],
      why: '约好上门的时间',
      basis: 'contract',
      kept: '约的时间过后400天',
      keep: { by: 'id', days: (config) => config.privacy.keep.traceDays, act: 'delete' },
      seen: '本人；派工和上门的员工',
      shown: 'state bookedAt:约定时间 createdAt requestNumber:诉求编号',
      refs: 'id slotId holderId residentId requestId activeRequestId',
      plain: 'companyId typeId heldUntil holdSlot remindAt',
      end: { act: 'blank', columns: 'residentId', why: '空出的时间段要对得上，只去掉是谁约的' },
    },
  ],
  impersonal: {
    [visitSlotTable.name]: 'id companyId teamId day fromMinute toMinute startsAt endsAt capacity used',
    [visitDayTable.name]: 'teamId day byHand plannedAt',
  },
}
