import { recordedPanels } from '../../test/methods/synthetic/panels.ts';

// node bench/returns/synthetic.ts | python bench/returns/synthetic.py > test/methods/synthetic/recorded.json
const panels = recordedPanels().map(({ outcome, treated, ...counts }) => ({
  ...counts,
  outcome: [...outcome],
  treated: [...treated],
}));
process.stdout.write(JSON.stringify(panels));
