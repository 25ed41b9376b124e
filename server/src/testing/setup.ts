import { useShanghaiTime } from '../core/config/load'

useShanghaiTime()
