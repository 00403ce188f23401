/** The part of s3rver that tests use; the package brings no types. */
declare module 's3rver' {
  import type { Server } from 'node:http'

  export default class S3rver {
    httpServer: Server
    constructor(options: {
      readonly address: string
      readonly port: number
      readonly silent: boolean
      readonly directory: string
      readonly vhostBuckets: boolean
      readonly configureBuckets: readonly { readonly name: string }[]
    })
    run(): Promise<{ readonly port: number }>
  }
}
