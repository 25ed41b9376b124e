export { miniPicture as picture } from './picture-mini'
