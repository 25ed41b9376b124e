import { View } from '@tarojs/components'
import { classes, Icon } from '../ui'
import { words } from '../words'

const all = [1, 2, 3, 4, 5] as const

/** Five stars to tap, each with its word for those who hear the page. */
export const Stars = ({ value, onPick }: { value: number; onPick(stars: number): void }) => (
  <View className="stars">
    {all.map((star) => (
      <View
        key={star}
        id={`star-${star}`}
        className={classes('star', star <= value && 'on')}
        role="radio"
        aria-checked={star === value ? 'true' : 'false'}
        ariaLabel={words.stars[star - 1] ?? ''}
        onClick={() => onPick(star)}
      >
        <Icon name={star <= value ? 'star-full' : 'star'} />
      </View>
    ))}
  </View>
)

/** The stars that were given. */
export const GivenStars = ({ value }: { value: number }) => (
  <View className="stars still">
    {all.map((star) => (
      <View key={star} className={classes('star', star <= value && 'on')}>
        <Icon name={star <= value ? 'star-full' : 'star'} />
      </View>
    ))}
  </View>
)
