/** The plain page a browser gets when there is no other: readable without script, on any device. */
import { doorWords, pageWords } from '../text/door.ts'

const style = `
*{box-sizing:border-box}
body{margin:0;color:#16202c;background:#fff;font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header,footer{border-bottom:1px solid #d5dbe3;background:#f5f7fa;padding:16px 24px}
footer{border:0;border-top:1px solid #d5dbe3;color:#44505e;font-size:14px}
main{max-width:42em;margin:40px auto;padding:0 24px 40px}
h1{font-size:28px;line-height:1.35;margin:0 0 16px}
p{margin:0 0 16px}
nav{display:flex;flex-wrap:wrap;gap:16px;margin:24px 0 40px}
nav a{display:inline-flex;align-items:center;min-height:44px;padding:0 24px;border:1px solid #0b57a4;border-radius:6px;color:#0b57a4;text-decoration:none}
nav a:first-child{background:#0b57a4;color:#fff}
a:focus-visible{outline:3px solid #ffb400;box-shadow:0 0 0 5px #16202c}
.reference{color:#44505e;font-size:14px}
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}`

/** A status without words of its own speaks as its family: 4xx as 400, 5xx as 500. */
const wordsOf = (status: number) => pageWords[status] ?? pageWords[status >= 500 ? 500 : 400]

/** A whole HTML document; `words` where the status alone does not say it. `id` and `nonce` are made by the door and hold nothing that needs escaping. */
export function errorPage(status: number, id: string, nonce: string, words = wordsOf(status)): string {
  const { title, advice } = words ?? { title: String(status), advice: '' }
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} - ${doorWords.service}</title>
<style nonce="${nonce}">${style}
</style>
</head>
<body>
<header>${doorWords.service}</header>
<main>
<h1>${title}</h1>
<p>${advice}</p>
<nav><a href="/">${doorWords.home}</a></nav>
<p class="reference">${doorWords.reference} <code>${id}</code> · ${status}<br>${doorWords.keepReference}</p>
</main>
<footer>${doorWords.notOfficial}</footer>
</body>
</html>
`
}
