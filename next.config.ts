import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  // What is served; tests and verbs are checked by `tsc` in the static stage.
  typescript: { tsconfigPath: 'tsconfig.app.json' },
  poweredByHeader: false,
  // A title stands in the head from the first byte, for everyone: no page waits for data to name itself.
  htmlLimitedBots: /.*/,
  compress: false,
  images: { unoptimized: true },
  experimental: { serverActions: { bodySizeLimit: '512kb' } },
  serverExternalPackages: [
    'better-sqlite3',
    'pg',
    '@node-rs/argon2',
    'sharp',
    'formidable',
    'chinese-days',
    '@alicloud/dysmsapi20170525',
    '@alicloud/openapi-core',
    'tencentcloud-sdk-nodejs-sms',
    'alipay-sdk',
    '@react-pdf/renderer',
    '@aws-sdk/client-s3',
    'prom-client',
  ],
  // Read by its path (lib/print/font.ts), so that no import tells of it.
  outputFileTracingIncludes: {
    '/**/pdf': ['node_modules/@expo-google-fonts/noto-sans-sc/400Regular/*.ttf'],
  },
}

export default config
