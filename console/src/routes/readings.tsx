export { ReadingsPage as Component } from '../features/readings/readings-page'
