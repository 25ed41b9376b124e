export { PeoplePage as Component } from '../features/people/people-page'
