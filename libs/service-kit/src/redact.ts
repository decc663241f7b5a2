/** Text without white space or quotes; what is escaped stays together. Each rule here takes time linear in the text. */
const word = /(?:\\.|[^\s"\\])+/g;
const secretQuery =
  /([?&](?:password|passwd|pwd|pass|token|secret|auth|key|api_?key|access_token)=)[^&\s"#]*/gi;

/** The text with `***` for the credentials of each URL in it: user and password, and query values such as `?token=`. */
export function redactUrl(text: string): string {
  return text.replace(word, hideUserInfo).replace(secretQuery, '$1***');
}

/** Up to the last @: cameras' passwords hold unescaped / and @, and hiding too much is the safe mistake. */
function hideUserInfo(text: string): string {
  const end = text.lastIndexOf('@');
  for (let at = text.indexOf('://'); at >= 0 && at < end; at = text.indexOf('://', at + 1))
    if (/[a-z0-9+.-]/i.test(text[at - 1] ?? '')) return `${text.slice(0, at)}://***${text.slice(end)}`;
  return text;
}
