import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { catalogueVersionTable } from './entities'

const OF_STAFF = { act: 'keep', why: '是员工的工作记录，不是居民的' } as const

export const cataloguePersonal: PersonalData<Ctx> = {
  feature: 'catalogue',
  tables: [
    {
      table: catalogueVersionTable,
      says: '服务目录谁改的',
      of: [],
      why: '改了什么、谁改的说得清',
      basis: 'staff',
      kept: '长期',
      seen: '管理目录的员工',
      staff: 'byId byName',
      plain: 'companyId version body note createdAt',
      end: OF_STAFF,
    },
  ],
  impersonal: {},
}
