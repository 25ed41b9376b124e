export { RepliesPage as Component } from '../features/replies/replies-page'
