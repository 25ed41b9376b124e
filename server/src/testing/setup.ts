import { useShanghaiTime } from '../core/config/load'
import { refuseNesting } from '../core/db/database'
import { cheapHashes } from './cheap-hashes'

useShanghaiTime()
refuseNesting()
cheapHashes()
