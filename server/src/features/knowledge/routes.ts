import { implement } from '../../platforms/feature'
import { confirmArticle } from './confirm-article'
import { findArticles } from './find-articles'
import { getArticle } from './get-article'
import { importKnowledge } from './import-knowledge'
import { listArticles } from './list-articles'
import { listReaders } from './list-readers'
import { listSynonyms } from './list-synonyms'
import { listTopics } from './list-topics'
import { rateAnswer } from './rate-answer'
import { readAnswer } from './read-answer'
import { reportKnowledge } from './report-knowledge'
import { retireArticle } from './retire-article'
import { reviewArticle } from './review-article'
import { saveArticle } from './save-article'
import { saveSynonyms } from './save-synonyms'
import { knowledgeOperations } from './schema'
import { searchAnswers } from './search-answers'
import { submitArticle } from './submit-article'

export const knowledgeRoutes = implement(knowledgeOperations, {
  'knowledge.search': { limit: 'read', handle: searchAnswers },
  'knowledge.topics': { limit: 'read', handle: listTopics },
  'knowledge.read': { limit: 'read', handle: readAnswer },
  'knowledge.rate': { limit: 'write', handle: rateAnswer },
  'knowledge.list': { limit: 'read', handle: listArticles },
  'knowledge.find': { limit: 'read', handle: findArticles },
  'knowledge.get': { limit: 'read', handle: getArticle },
  'knowledge.save': { limit: 'write', handle: saveArticle },
  'knowledge.submit': { limit: 'write', handle: submitArticle },
  'knowledge.review': { limit: 'write', handle: reviewArticle },
  'knowledge.confirm': { limit: 'write', handle: confirmArticle },
  'knowledge.retire': { limit: 'write', handle: retireArticle },
  'knowledge.import': { limit: 'write', handle: importKnowledge },
  'knowledge.report': { limit: 'read', handle: reportKnowledge },
  'knowledge.readers': { limit: 'read', handle: listReaders },
  'knowledge.synonyms': { limit: 'read', handle: listSynonyms },
  'knowledge.saveSynonyms': { limit: 'write', handle: saveSynonyms },
})
