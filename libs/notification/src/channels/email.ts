import { redactUrl } from '@framegate/service-kit';
import { createTransport } from 'nodemailer';
import type { Channel } from './channel.ts';
import { DeliveryError } from './channel.ts';

export interface EmailOptions {
  readonly name: string;
  /** `smtps://user:password@host` or `smtp://host:port` (upgraded by STARTTLS where the server offers it). */
  readonly url: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly timeoutMs?: number;
}

export function createEmail({ name, url, from, to, timeoutMs = 15_000 }: EmailOptions): Channel {
  const transport = createTransport(
    { url, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    { from },
  );
  const address = `${to.join(', ')} by ${redactUrl(url)}`;
  return {
    name,
    kind: 'email',
    address,
    async deliver(notification, thumbnail) {
      const { id, text, ruleName, atUs } = notification;
      try {
        await transport.sendMail({
          to: [...to],
          subject: `${text} – ${ruleName}`,
          text: `${text}\n\n${new Date(atUs / 1000).toISOString()} (UTC)\nRule: ${ruleName}\nEvent: ${id}\n`,
          // The same for each attempt: mail systems deduplicate by it.
          messageId: `<${id}@framegate>`,
          disableFileAccess: true,
          disableUrlAccess: true,
          attachments: thumbnail
            ? [{ filename: 'event.jpg', content: Buffer.from(thumbnail), contentType: 'image/jpeg' }]
            : [],
        });
      } catch (error) {
        const code =
          error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : undefined;
        const reason = code ?? (error instanceof Error && 'code' in error ? String(error.code) : 'no answer');
        throw new DeliveryError(`e-mail ${name}: ${redactUrl(url)} did not take it: ${reason}`, {
          isFinal: code !== undefined && code >= 500,
        });
      }
    },
    close: async () => transport.close(),
  };
}
