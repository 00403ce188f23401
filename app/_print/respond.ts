interface Sent {
  readonly cacheControl: string
  /** In plain letters, for who reads no other. */
  readonly name: string
  readonly fileName: string
}

/** A PDF to be saved under its name. */
export const pdfResponse = (pdf: Buffer, { cacheControl, name, fileName }: Sent) =>
  new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'cache-control': cacheControl,
      'x-content-type-options': 'nosniff',
    },
  })
