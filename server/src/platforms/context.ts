import type { CoreCtx } from '../core/context'
import type { Config } from './whole-config'
import type { Platforms } from './index'

/** One request or job run, with the outside world: what every act takes as its first argument. */
export interface Ctx extends CoreCtx {
  readonly config: Config
  readonly platforms: Platforms
}
export { personOf, residentOf, staffOf } from '../core/context'
