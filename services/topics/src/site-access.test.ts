import { framesTopic, topicNames } from '@framegate/contracts';
import { expect, it } from 'vitest';
import { siteAccess } from './site-access.ts';

const allowed = (site: string) =>
  siteAccess(site).flatMap(({ on, operations }) =>
    operations.map((operation) => `${operation} ${'topic' in on ? on.topic : `groups ${on.groupsFrom}*`}`),
  );

it('lets a site write its own frames and never those of another, nor read any', () => {
  expect(allowed('north')).toContain(`write ${framesTopic('north')}`);
  expect(allowed('north').filter((each) => each.includes('south'))).toEqual([]);
  expect(allowed('north')).not.toContain(`read ${framesTopic('north')}`);
});

it('lets no site decide, tell other sites the time, or see detections', () => {
  for (const topic of [topicNames.cameraConfig, topicNames.clock, topicNames.decisions])
    expect(allowed('north')).not.toContain(`write ${topic}`);
  expect(allowed('north').filter((each) => each.endsWith(topicNames.detections))).toEqual([]);
});
