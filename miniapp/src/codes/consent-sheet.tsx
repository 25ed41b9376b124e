import { View } from '@tarojs/components'
import { login } from '../platform/login'
import { go } from '../routes'
import { Button, Sheet } from '../ui'
import { said } from './words'

/** Asked at the first act by a code, and not before: looking needs nobody's consent. Two equal answers. */
export const ConsentSheet = ({ onAgree, onRefuse }: { onAgree(): void; onRefuse(): void }) => (
  <Sheet title={said.agreeTitle} onClose={onRefuse}>
    <View className="stack">
      <View>{login.environment === 'browser' ? said.agreeBrowser : said.agreeText}</View>
      <View className="code-link t-accent" role="button" onClick={() => go('privacy')}>
        {said.agreeWhole}
      </View>
      <View className="code-answers">
        <Button kind="soft" id="code-refuse" onClick={onRefuse}>
          {said.refuse}
        </Button>
        <Button kind="soft" id="code-agree" onClick={onAgree}>
          {said.agree}
        </Button>
      </View>
    </View>
  </Sheet>
)
