import type { PersonalData } from '../../core/personal/declare'
import type { Ctx } from '../../platforms/context'
import { residentVoter } from './read-answer'
import {
  articleDayTable,
  articleReaderTable,
  articleTable,
  articleVersionTable,
  articleVoteTable,
  searchMissTable,
  synonymTable,
} from './entities'

const OF_STAFF = { act: 'keep', why: '是员工的工作记录，不是居民的' } as const

export const knowledgePersonal: PersonalData<Ctx> = {
  feature: 'knowledge',
  tables: [
    {
      table: articleVoteTable,
      says: '对答案的评价',
      of: [{ column: 'voter', is: 'voter' }],
      why: '答案有没有用',
      basis: 'contract',
      kept: '到注销为止',
      seen: '写答案的员工（看不到是谁）',
      shown: 'helpful:有用 at',
      sealed: 'wordsSealed:内容',
      refs: 'articleId voter',
      end: { act: 'delete' },
    },
    {
      table: searchMissTable,
      says: '没查到的话',
      of: [],
      why: '缺什么答案补什么',
      basis: 'contract',
      kept: '400天',
      keep: { by: 'day', days: (config) => config.knowledge.keepDays + 1, act: 'own' },
      seen: '写答案的员工（看不到是谁）',
      shown: 'words',
      plain: 'companyId day count lastAt',
      end: { act: 'keep', why: '认不出是谁查的' },
    },
    {
      table: articleTable,
      says: '谁管这篇答案',
      of: [],
      why: '过期有人看',
      basis: 'staff',
      kept: '长期',
      seen: '写答案的员工',
      staff: 'ownerId ownerName',
      plain:
        'id companyId kind state title audience typeIds newestVersion liveVersion revision validFrom validUntil reviewAt reviewToldAt createdAt updatedAt',
      end: OF_STAFF,
    },
    {
      table: articleVersionTable,
      says: '谁写谁审',
      of: [],
      why: '谁写的说得清',
      basis: 'staff',
      kept: '长期',
      seen: '写答案的员工',
      staff: 'byId byName authorIds reviewedById reviewedByName',
      plain:
        'articleId version kind audience typeIds validFrom validUntil title body questions live files whatChanged createdAt reviewedAt returnedBecause publishedAt retiredAt retiredBecause',
      end: OF_STAFF,
    },
    {
      table: articleReaderTable,
      says: '谁读过',
      of: [],
      why: '新规定都读到',
      basis: 'staff',
      kept: '长期',
      seen: '写答案的员工',
      staff: 'staffId',
      plain: 'articleId version firstAt lastAt',
      end: OF_STAFF,
    },
  ],
  impersonal: {
    [articleDayTable.name]: 'articleId day audience timesRead helpful unhelpful',
    [synonymTable.name]: 'id companyId words updatedAt',
  },
  keys: (_, { residentIds }) => Promise.resolve({ voter: residentIds.map(residentVoter) }),
}
