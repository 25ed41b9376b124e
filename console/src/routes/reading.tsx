export { ReadingPage as Component } from '../features/readings/reading-page'
