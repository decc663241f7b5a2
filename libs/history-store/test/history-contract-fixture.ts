import { describe } from 'vitest';
import { describeAppearances } from './contract/appearances-fixture.ts';
import { describeDocuments } from './contract/documents-fixture.ts';
import { describeJournal } from './contract/journal-fixture.ts';
import { describeQueue } from './contract/queue-fixture.ts';
import { describeRetention } from './contract/retention-fixture.ts';
import { describeSeries } from './contract/series-fixture.ts';
import { describeWrites } from './contract/writes-fixture.ts';
import type { OpenHistory } from './contract/history-records-fixture.ts';

/** What every history must do. */
export function describeHistoryStore(name: string, open: OpenHistory): void {
  describe(`the history: ${name}`, () => {
    describeAppearances(open);
    describeWrites(open);
    describeSeries(open);
    describeRetention(open);
    describeJournal(open);
    describeDocuments(open);
    describeQueue(open);
  });
}
