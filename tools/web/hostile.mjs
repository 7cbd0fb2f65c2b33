// Articles that try to be more than text. Each sets a global `broken` when it gets its way.
const said = 'The Taliban captured the city of Farah on Tuesday, officials said.';

export const HOSTILE = {
  scripts: `<html><body><article><h1>Farah<script>broken=1</script></h1><p>${said}</p><script>broken=1</script><script src="http://elsewhere.invalid/x.js"></script><p>Second &lt;script&gt;broken=1&lt;/script&gt; paragraph of the composed page, long enough to be kept.</p></article></body></html>`,
  handlers: `<html><body onload="broken=1"><article><p onmouseover="broken=1" style="position:fixed;inset:0">${said}</p><img src="http://elsewhere.invalid/x.png" onerror="broken=1"><svg onload="broken=1"><script>broken=1</script></svg><details open ontoggle="broken=1"><p>Details of the composed page.</p></details></article></body></html>`,
  frames: `<html><head><base href="http://elsewhere.invalid/"><meta http-equiv="refresh" content="0;url=http://elsewhere.invalid/"></head><body><article><p>${said}</p><iframe srcdoc="<script>parent.broken=1</script>"></iframe><object data="http://elsewhere.invalid/x"></object><embed src="http://elsewhere.invalid/x"><form action="http://elsewhere.invalid/"><button>Go</button></form><a href="javascript:broken=1">link</a></article></body></html>`,
  styles: `<html><head><style>body{display:none} @import url(http://elsewhere.invalid/x.css);</style><link rel="stylesheet" href="http://elsewhere.invalid/y.css"></head><body><article><p style="background:url(http://elsewhere.invalid/z.png)">${said}</p><p>Another paragraph of the composed page.</p></article></body></html>`,
  'plain text': `${said} <script>broken=1</script><img src=x onerror=broken=1> "><svg/onload=broken=1> \u0000 \u0008 {{broken=1}} \${broken=1}`,
  turned: `${said} \u202Etxet denrut\u202C and \u2066isolated\u2069, \u200Bhidden\uFEFF, \u2067right to left\u2069.`,
  fields: JSON.stringify({ id: '<script>broken=1</script>', title: '</title><script>broken=1</script>\u202E', url: 'javascript:broken=1', outlet: '<iframe srcdoc="<script>parent.broken=1</script>">', text: said }),
};
