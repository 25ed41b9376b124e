import type { Feature } from '../../platforms/feature'
import { attachmentRoutes } from './attachment-routes'
import * as entities from './entities'
import { forgetCountsDaily, knowledgePump, tellOwnersHourly } from './jobs'
import { knowledgeRoutes } from './routes'

export { articleForReader } from './article-for-reader'
export { languageFaults } from './search/language'
export { listTopics } from './list-topics'
export { type Danger, nameDanger } from './name-danger'
export type { Hit, LiveName } from './schema'
export { cutWords } from './search/cut-words'
export { searchKnowledge } from './search-knowledge'
export { seedDemoKnowledge } from './seed-demo-knowledge'
export { countMiss } from './tally'
export { knowledgePersonal } from './personal'

export const knowledgeFeature: Feature = {
  name: 'knowledge',
  tables: [
    entities.articleTable,
    entities.articleVersionTable,
    entities.articleDayTable,
    entities.articleReaderTable,
    entities.articleVoteTable,
    entities.searchMissTable,
    entities.synonymTable,
  ],
  routes: knowledgeRoutes,
  rawRoutes: attachmentRoutes,
  schedules: [tellOwnersHourly, forgetCountsDaily],
  pumps: [knowledgePump],
}
