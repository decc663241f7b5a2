import { randomBytes } from 'node:crypto';
import { ConfigError } from '@framegate/service-kit';
import type { ConsoleConfig } from '../config.ts';
import { isLoopbackHost } from '../server/same-origin.ts';
import type { Access } from './access.ts';
import { openAccess } from './access.ts';
import { guardedAccess } from './guarded-access.ts';
import type { Oidc } from './oidc.ts';
import { createOidc } from './oidc.ts';
import { createSessions } from './sessions.ts';
import type { TokenList } from './token-list.ts';
import { parseTokens } from './token-list.ts';

/**
 * Who may come in, as it is configured: everybody, where nothing says how to sign in and only this machine reaches
 * the console.
 * @throws ConfigError with every mistake
 */
export function configuredAccess(config: ConsoleConfig): Access {
  const mistakes: string[] = [];
  const tokens = tokensOf(config.consoleTokens ?? '', mistakes);
  const oidc = oidcOf(config, mistakes);
  const isGuarded = config.consoleTokens !== undefined || config.oidcIssuer !== undefined;
  if (!isGuarded && !isLoopbackHost(config.consoleHost))
    mistakes.push(
      `FRAMEGATE_CONSOLE_HOST=${config.consoleHost} is reached from other machines: set FRAMEGATE_CONSOLE_TOKENS_FILE or FRAMEGATE_OIDC_ISSUER, or use 127.0.0.1`,
    );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  if (!isGuarded) return openAccess();
  const sessions = createSessions(config.sessionKey ?? randomBytes(32).toString('base64url'));
  return guardedAccess({ tokens, oidc, sessions });
}

function tokensOf(text: string, mistakes: string[]): TokenList {
  try {
    return parseTokens(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    mistakes.push(...reason.split('\n').map((line) => `FRAMEGATE_CONSOLE_TOKENS ${line}`));
    return { identityOf: () => undefined };
  }
}

function oidcOf(config: ConsoleConfig, mistakes: string[]): Oidc | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, publicOrigin } = config;
  if (issuer === undefined) return undefined;
  if (clientId === undefined)
    mistakes.push('FRAMEGATE_OIDC_CLIENT_ID is not set: the client as which the issuer knows this console');
  if (publicOrigin === undefined)
    mistakes.push(
      'FRAMEGATE_PUBLIC_ORIGIN is not set: where people come back to, such as https://console.example.org',
    );
  return createOidc({
    issuer,
    clientId: clientId ?? '',
    clientSecret: config.oidcClientSecret,
    roleClaim: config.oidcRoleClaim,
    viewerRole: config.oidcViewerRole,
    operatorRole: config.oidcOperatorRole,
    redirectUri: `${publicOrigin ?? ''}/v1/oidc/callback`,
  });
}
