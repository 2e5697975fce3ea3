import { expect, it } from 'vitest';
import { chooseGroups } from '../../../methods/group-choice.ts';
import { reasonOf } from '../../../methods/persona-reason.ts';
import { blobs, cloud, evenCloud } from './clouds.ts';

const reason = (points: Parameters<typeof chooseGroups>[0]) =>
  reasonOf(chooseGroups(points, 7, 'personas'), points.rows);

it('says why there are as many groups as there are, or none', () => {
  expect(reason(evenCloud(19, 2, 1))).toBe(
    '19 influential people with known habits are too few: two personas need 20, less influential ones counted in part',
  );
  expect(reason(evenCloud(1, 2, 1))).toMatch(/^1 influential person with known habits is too few/);
  expect(reason(cloud(30, 2, () => 1))).toBe('influential people differ in no feature');
  expect(reason(evenCloud(40, 6, 1))).toMatch(
    /^no grouping of half of the people foretells the other half: 2 groups come nearest with 0\.\d\d, and more than 0\.8 is asked$/,
  );
  expect([1, 2, 3].map(seed => reason(evenCloud(100, 1, seed)))).toContain(
    'halves foretell each other, but evenly spread people fall apart as well: it is one group',
  );
  expect(
    reason(
      blobs(
        60,
        [
          [0, 0],
          [9, 0],
          [0, 9],
        ],
        1,
      ),
    ),
  ).toMatch(/^3 groups: one half of the people foretells the other with (1\.00|0\.9\d), /);
});
