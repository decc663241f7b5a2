// Greedy up to the last @: cameras' passwords hold unescaped / and @, and hiding too much is the safe mistake.
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)(?:\\.|[^\s"\\])*@/gi;
const secretQuery =
  /([?&](?:password|passwd|pwd|pass|token|secret|auth|key|api_?key|access_token)=)[^&\s"#]*/gi;

/** The text with `***` for the credentials of each URL in it: user and password, and query values such as `?token=`. */
export function redactUrl(text: string): string {
  return text.replace(userInfo, '$1***@').replace(secretQuery, '$1***');
}
