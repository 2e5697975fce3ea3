import { recordedPanels } from '../../test/methods/designs/panels.ts';

// node bench/returns/designs.ts | python bench/returns/designs.py > test/methods/designs/recorded.json
const panels = recordedPanels().map(({ outcome, treated, ...counts }) => ({
  ...counts,
  outcome: [...outcome],
  treated: [...treated],
}));
process.stdout.write(JSON.stringify(panels));
