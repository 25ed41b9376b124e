export { ShareButton } from './share-button-mini'
