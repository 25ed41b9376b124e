export { ReviewPage as Component } from '../features/review/review-page'
