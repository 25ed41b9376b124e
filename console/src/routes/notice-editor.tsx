export { EditorPage as Component } from '../features/notices/editor/editor-page'
