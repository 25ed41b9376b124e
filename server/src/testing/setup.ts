import { useShanghaiTime } from '../core/config/load'
import { refuseNesting } from '../core/db/database'

useShanghaiTime()
refuseNesting()
