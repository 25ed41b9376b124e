export { miniSpeak as speak } from './speak-mini'
