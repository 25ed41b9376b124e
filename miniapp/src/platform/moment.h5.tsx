import { View } from '@tarojs/components'
import { classes } from '../ui/classes'
import { login } from './login'
import { MomentWheels } from './moment-wheels'
import type { MomentProps } from './types'

/** In a browser its own field, which keys can fill; a wallet's page is on a telephone, which has thumbs. */
export const Moment = login.environment === 'browser' ? MomentField : MomentWheels

function MomentField({ id, label, value, onPick }: MomentProps) {
  return (
    <View className="choices">
      <label className={classes('choice', value !== '' && 'on')}>
        <input
          id={id}
          className="moment-field num"
          type="datetime-local"
          aria-label={label}
          defaultValue={value.replace(' ', 'T')}
          onChange={({ target }) => {
            // While a moment is being typed it is none yet.
            if (target.value !== '') onPick(target.value.slice(0, 16).replace('T', ' '))
          }}
        />
      </label>
    </View>
  )
}
