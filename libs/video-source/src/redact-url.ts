/** Query parameters whose values are known to say nothing secret; all other values are hidden. */
const harmlessParameters =
  /^(channel|subtype|stream|streamtype|camera|cam|resolution|size|width|height|fps|framerate|codec|videocodec|compression|quality|profile|action|cmd|seed)$/i;
/** Some cameras carry credentials in the path: `/user=admin&password=x&channel=1.sdp`. */
const secretInPath = /((?:user|pass|pwd|token|key|auth|secret|sig)[a-z_-]{0,64}=)[^&;/]*/gi;

/** A URL fit for logs and messages: user, password, query values and `password=` in paths become `***`. */
export function redactUrl(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url);
  if (!parts) return '***';
  const [, scheme = '', authority = '', path = '', query = ''] = parts;
  // A password may itself hold an @ that nobody escaped: the host begins after the last one.
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const user = host.length < authority.length ? '***@' : '';
  return scheme + user + host + path.replace(secretInPath, '$1***') + redactQuery(query);
}

function redactQuery(query: string): string {
  if (query === '') return '';
  const parameters = query
    .slice(1)
    .split('&')
    .map((parameter) => {
      const [name = '', value] = parameter.split(/=(.*)/s);
      if (value === undefined) return '***';
      return harmlessParameters.test(name) ? parameter : `${name}=***`;
    });
  return `?${parameters.join('&')}`;
}
