import path from 'node:path'

/** The one font of everything printed, as it is called in styles. */
export const printFont = 'Noto Sans SC'

/** Beside the server, from a checkout as from a standalone build: both start in their own folder. */
export const printFontFile = () =>
  path.join(
    /* turbopackIgnore: true */ process.cwd(),
    'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  )
