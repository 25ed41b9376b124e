import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { useSearchParams } from 'react-router'
import { useWords } from '../words/language'
import { goBack, goNext, placeIn, withPlace } from './keyset'
import { kitWords } from './words'

/** Next and previous by keyset, kept in the address, so that a page can be sent to a colleague. */
export function Pager({ nextCursor }: { readonly nextCursor: string | null }) {
  const words = useWords(kitWords)
  const [params, setParams] = useSearchParams()
  const place = placeIn(params)
  if (place.cursor === null && nextCursor === null) return null
  return (
    <Space className="pager">
      <Button
        icon={<LeftOutlined aria-hidden />}
        disabled={place.cursor === null}
        onClick={() => setParams(withPlace(params, goBack(place)))}
      >
        {words.previous}
      </Button>
      <Button
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && setParams(withPlace(params, goNext(place, nextCursor)))}
      >
        {words.next}
      </Button>
    </Space>
  )
}
