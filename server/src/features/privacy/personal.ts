import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { discardSealed } from '../files'
import { closureTable, copyFileTable, copyTable, retentionLineTable, retentionRunTable } from './entities'
import { copiesOf, filesOfCopy } from './store'

const MOST_COPIES = 1_000

export const privacyPersonal: PersonalData<Ctx> = {
  feature: 'privacy',
  tables: [
    {
      table: copyTable,
      says: '要过的数据副本',
      of: [{ column: 'residentId', is: 'resident' }],
      why: '把您的数据给您',
      basis: 'duty',
      kept: '文件三天；要过的记录三年',
      keep: { by: 'id', days: (config) => config.privacy.keep.proofDays, act: 'delete' },
      seen: '本人；个人信息保护负责人只看到时间和期限',
      shown: 'createdAt state readyAt:做好时间 expiresAt:删除时间',
      refs: 'id residentId',
      plain: 'records openSlot',
      end: { act: 'delete' },
    },
    {
      table: copyFileTable,
      says: '数据副本的文件',
      of: [{ column: 'copyId', in: 'privacy_copy', key: 'id' }],
      why: '把您的数据给您',
      basis: 'duty',
      kept: '三天',
      seen: '本人',
      refs: 'copyId',
      secret: 'name cipherSealed sha256',
      plain: 'format bytes',
      end: { act: 'delete' },
    },
    {
      table: closureTable,
      says: '注销',
      of: [{ column: 'residentId', is: 'resident' }],
      why: '注销按时办完；从备份恢复时不会把注销的人带回来',
      basis: 'duty',
      kept: '长期：只有编号和时间',
      seen: '本人；个人信息保护负责人',
      shown: 'askedAt:提出时间 dueAt:到期时间 endedAt:完成时间 state',
      secret: 'personSealed',
      refs: 'id residentId',
      plain: 'openSlot report waiting lookAt',
      end: { act: 'keep', why: '证明按时注销，里面没有姓名电话' },
    },
  ],
  impersonal: {
    [retentionRunTable.name]: 'id startedAt endedAt tables ended kept behind',
    [retentionLineTable.name]: 'runId tableName due ended kept behind why',
  },
  endOwn: async (ctx, { residentIds }) => {
    for (const copy of await copiesOf(ctx.db.reader, residentIds, MOST_COPIES))
      for (const file of await filesOfCopy(ctx.db.reader, copy.id)) await discardSealed(ctx, file.name)
  },
}
