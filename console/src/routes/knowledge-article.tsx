export { ArticlePage as Component } from '../features/knowledge/article-page'
