export { KnowledgePage as Component } from '../features/knowledge/knowledge-page'
