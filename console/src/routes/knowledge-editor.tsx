export { EditorPage as Component } from '../features/knowledge/editor-page'
