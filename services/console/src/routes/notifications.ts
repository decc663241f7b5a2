import { DeliveryError, ruleSchema } from '@framegate/notification';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConsoleParts } from '../console-parts.ts';
import { fromHistory } from '../events/store-problem.ts';
import { maxRules } from '../notifications/rules.ts';
import { defineRoute } from '../server/define-route.ts';
import { Problem } from '../server/problem.ts';

const ruleParams = z.object({ id: z.uuid() });
const channelParams = z.object({ channel: z.string().max(40) });
const silenceBody = z.object({
  minutes: z
    .number()
    .min(0)
    .max(7 * 24 * 60),
});
const tag = 'notifications';

/** Rules by which people are told, and the channels through which. */
export function notificationRoutes(
  app: FastifyInstance,
  { notifications, events, nowUs }: ConsoleParts,
): void {
  const { rules, channels, notifier } = notifications;
  const { audit } = events;
  const missing = (id: string): Problem =>
    new Problem(404, 'No such rule', `${id}: see /v1/notifications for those there are`);
  const checkChannels = (wanted: readonly string[]): void => {
    const unknown = wanted.filter((name) => !channels.some((channel) => channel.name === name));
    if (unknown.length === 0) return;
    const known =
      channels.map(({ name }) => name).join(', ') || 'none: name a file by FRAMEGATE_CHANNELS_FILE';
    throw new Problem(
      400,
      'Not understood',
      `body.channels: no channel is called ${unknown.join(', ')}. There are ${known}`,
    );
  };

  defineRoute(app, {
    method: 'GET',
    url: '/v1/notifications',
    summary: 'All rules, and the channels that there are',
    tag,
    role: 'viewer',
    handler: async () => ({
      rules: await fromHistory(rules.read()),
      channels: channels.map(({ name, kind, address }) => ({ name, kind, address })),
    }),
  });
  defineRoute(app, {
    method: 'POST',
    url: '/v1/notifications',
    summary: 'A new rule',
    tag,
    role: 'operator',
    body: ruleSchema,
    async handler({ body, who, reply }) {
      checkChannels(body.channels);
      if (rules.list().length >= maxRules)
        throw new Problem(409, 'Too many rules', `there are ${maxRules}: delete one first`);
      await fromHistory(audit.tell(who, 'rule.created', body.name));
      return reply.code(201).send(await fromHistory(rules.create(body)));
    },
  });
  defineRoute(app, {
    method: 'PUT',
    url: '/v1/notifications/:id',
    summary: 'Change a rule',
    tag,
    role: 'operator',
    params: ruleParams,
    body: ruleSchema,
    async handler({ params: { id }, body, who }) {
      checkChannels(body.channels);
      await fromHistory(audit.tell(who, 'rule.changed', body.name));
      const found = await fromHistory(rules.change(id, (stored) => ({ ...stored, rule: body })));
      if (!found) throw missing(id);
      return { ...found, rule: body };
    },
  });
  defineRoute(app, {
    method: 'DELETE',
    url: '/v1/notifications/:id',
    summary: 'Delete a rule',
    tag,
    role: 'operator',
    params: ruleParams,
    async handler({ params: { id }, who }) {
      await fromHistory(audit.tell(who, 'rule.deleted', id));
      const found = await fromHistory(rules.change(id, () => undefined));
      if (!found) throw missing(id);
      return found;
    },
  });
  defineRoute(app, {
    method: 'POST',
    url: '/v1/notifications/:id/silence',
    summary: 'Tell nothing by this rule for some minutes; 0 ends that',
    tag,
    role: 'operator',
    params: ruleParams,
    body: silenceBody,
    async handler({ params: { id }, body: { minutes }, who }) {
      const silencedUntilUs = minutes === 0 ? 0 : Math.round(nowUs() + minutes * 60e6);
      await fromHistory(audit.tell(who, 'rule.silenced', `${id} for ${minutes} min`));
      const found = await fromHistory(rules.change(id, (stored) => ({ ...stored, silencedUntilUs })));
      if (!found) throw missing(id);
      return { ...found, silencedUntilUs };
    },
  });
  defineRoute(app, {
    method: 'POST',
    url: '/v1/notification-channels/:channel/test',
    summary: 'Send a notification through a channel now, to see whether it arrives',
    tag,
    role: 'operator',
    params: channelParams,
    perMinute: 10,
    async handler({ params: { channel }, who }) {
      if (!channels.some(({ name }) => name === channel))
        throw new Problem(404, 'No such channel', `${channel}: see /v1/notifications for those there are`);
      await fromHistory(audit.tell(who, 'rule.tested', channel));
      const atUs = Math.round(nowUs());
      const text = `A test by ${who.name}`;
      const what = {
        id: `test.${atUs}`,
        ruleId: '',
        ruleName: 'Test',
        kind: 'test',
        cameraId: 'test/test',
        text,
        atUs,
      } as const;
      try {
        await notifier.tryOnce(what, channel);
      } catch (error) {
        if (error instanceof DeliveryError) throw new Problem(502, 'Not delivered', error.message);
        throw error;
      }
      return { delivered: true };
    },
  });
}
