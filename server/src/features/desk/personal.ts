import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { exportTable, quotaTable, replyTable, viewTable } from './entities'

const OF_STAFF = { act: 'keep', why: '是员工的工作记录，不是居民的' } as const

export const deskPersonal: PersonalData<Ctx> = {
  feature: 'desk',
  tables: [
    {
      table: viewTable,
      says: '工单列表的视图',
      of: [],
      why: '员工自己的视图',
      basis: 'staff',
      kept: '到删除为止',
      seen: '本人',
      staff: 'ownerId',
      plain: 'id name query shared companies createdAt updatedAt',
      end: OF_STAFF,
    },
    {
      table: replyTable,
      says: '常用回复谁改的',
      of: [],
      why: '谁改的说得清',
      basis: 'staff',
      kept: '到删除为止',
      seen: '客服',
      staff: 'updatedById',
      plain: 'id companyId title text typeIds createdAt updatedAt',
      end: OF_STAFF,
    },
    {
      table: exportTable,
      says: '谁导出了工单',
      of: [],
      why: '导出要有人批、留得下痕',
      basis: 'staff',
      kept: '长期',
      seen: '本人；批准的人',
      staff: 'staffId decidedById decidedByName',
      secret: 'tokenHash',
      plain:
        'id state query chosen rowsFound reason companies areaPaths createdAt expiresAt decidedAt decidedWords takenAt',
      end: OF_STAFF,
    },
    {
      table: quotaTable,
      says: '今天看了几次全号',
      of: [],
      why: '防止成批看居民信息',
      basis: 'staff',
      kept: '长期',
      seen: '没有人看',
      staff: 'staffId',
      plain: 'day kind used',
      end: OF_STAFF,
    },
  ],
  impersonal: {},
}
