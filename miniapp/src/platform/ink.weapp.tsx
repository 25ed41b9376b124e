export { MiniInkPad as InkPad } from './ink-mini'
