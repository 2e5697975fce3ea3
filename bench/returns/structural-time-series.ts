import { recordedPanels } from '../../test/methods/series/panels.ts';

// node bench/returns/structural-time-series.ts | python bench/returns/structural-time-series.py > test/methods/series/recorded.json
const panels = recordedPanels().map(({ outcome, treated, ...counts }) => ({
  ...counts,
  outcome: [...outcome],
  treated: [...treated],
}));
process.stdout.write(JSON.stringify(panels));
