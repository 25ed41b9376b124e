import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Root } from './app/root'
import { palette } from './design/palette'
import { applyPalette } from './design/theme'
import { router } from './routes/router'
import './design/base.css'
import './design/shell.css'
import './design/desk.css'
import './design/notices.css'
import './design/chat.css'
import './design/readings.css'
import './design/codes.css'
import './design/heating.css'

applyPalette(palette.accent)
const place = document.getElementById('root')
if (place === null) throw new Error('index.html has lost its root.')
createRoot(place).render(
  <StrictMode>
    <Root router={router} />
  </StrictMode>,
)
