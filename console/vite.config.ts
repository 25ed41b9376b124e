import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Pages are split by `lazy` routes. Nothing is inlined: the portal's content policy allows scripts of its own origin
 * only, and small pictures stay files so that no `data:` address is needed where it is not allowed.
 */
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // The server keeps files with a hexadecimal hash in their name for ever.
        hashCharacters: 'hex',
        entryFileNames: 'assets/[name].[hash:10].js',
        chunkFileNames: 'assets/[name].[hash:10].js',
        assetFileNames: 'assets/[name].[hash:10][extname]',
      },
    },
  },
})
