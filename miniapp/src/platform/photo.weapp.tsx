export { Photo } from './photo-mini'
