import type { Access } from './access.ts';
import type { Oidc } from './oidc.ts';
import type { Sessions } from './sessions.ts';
import type { TokenList } from './token-list.ts';

/** Who brings a token, an access token of the organisation's sign-in, or the cookie of a session. */
export function guardedAccess(options: {
  readonly tokens: TokenList;
  readonly oidc: Oidc | undefined;
  readonly sessions: Sessions;
}): Access {
  const { tokens, oidc, sessions } = options;
  return {
    async identify(request) {
      const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return tokens.identityOf(bearer) ?? oidc?.identityOf(bearer);
      return sessions.read(request);
    },
    signIn: { sessions, oidc, identityOf: (token) => tokens.identityOf(token) },
  };
}
