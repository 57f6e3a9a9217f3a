import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// The Chinese type that papers are set in: the program reads it out of the built
// page, so that no large binary is committed. Its license goes with it.
function paperType(): Plugin {
  const folder = new URL('node_modules/@expo-google-fonts/noto-serif-sc/', import.meta.url)
  return {
    name: 'paper-type',
    apply: 'build',
    generateBundle() {
      for (const [from, fileName] of [
        ['400Regular/NotoSerifSC_400Regular.ttf', 'type/paper.ttf'],
        ['LICENSE_FONT', 'type/LICENSE.txt'],
      ]) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(new URL(from, folder)) })
      }
    },
  }
}

export default defineConfig({
  plugins: [react(), paperType()],
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true, // public/.gitkeep brings dist/.gitkeep back
    chunkSizeWarningLimit: 1300, // antd is one chunk of about 1.2 MB, 365 kB gzipped
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|dayjs)[\\/]/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
          ],
        },
      },
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
})
