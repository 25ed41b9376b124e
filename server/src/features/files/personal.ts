import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { endFile } from './end-file'
import { filesOfPeople } from './store'
import { fileTable, pushSeenTable } from './entities'

export const filesPersonal: PersonalData<Ctx> = {
  feature: 'files',
  tables: [
    {
      table: fileTable,
      says: '上传的照片、录音、录像',
      of: [
        { column: 'ownerId', is: 'resident' },
        { column: 'residentId', is: 'resident' },
      ],
      why: '办理诉求、核对读数、在线沟通的凭据',
      basis: 'contract',
      kept: '没用上的一天；诉求办结180天、读数照片730天、客服里的180天后删除',
      seen: '本人；处理这件事的人',
      shown: 'kind contentType:格式 bytes:字节 width:宽 height:高 durationMs:毫秒 createdAt:上传时间 state',
      refs: 'id ownerId residentId claim clientId',
      secret: 'storageKey thumbKey cipherSealed sha256 thumbSha256 checkTrace',
      staff: 'checkedBy',
      plain:
        'ownerKind day slot channel declaredBytes reason attempts thumbBytes claimedAt checkState checkLabel checkAskedAt updatedAt',
      end: { act: 'own', why: '内容从存储里删掉' },
    },
  ],
  impersonal: { [pushSeenTable.name]: 'dedupe at' },
  endOwn: async (ctx, { residentIds }) => {
    for (const row of await filesOfPeople(ctx.db.reader, residentIds)) await endFile(ctx, row)
  },
}
