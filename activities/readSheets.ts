import type { Night } from '../contracts/night.ts';
import type { Sheet } from '../contracts/sheets.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import { parseOnly } from '../engine/duckdb.ts';
import { methodVersion } from './methodVersion.ts';
import { computeModels } from './model.ts';
import { attachTables, codeOf, hashesOf, planModels } from './modelPlan.ts';
import { pseudonymsFor } from './pseudonyms.ts';
import { rawKey } from './rawKey.ts';
import { fillParameters, parametersIn, parametersOf, settingsOf } from './settings.ts';
import { refuseSharesAboveOne } from './sharesAboveOne.ts';
import { fillSheets, rawSheetTables, refuseWhollyRefused, sheetTables } from './sheetTables.ts';
import { runStep } from './step.ts';
import type { World } from './world.ts';

/** Reads the campaign's own files (orders, identities, opt-outs and so on) and judges every row of them. */
export async function readSheets(world: World, input: { night: Night; tables: Tables }): Promise<StepResult> {
  const { night, tables } = input;
  const { campaign } = await settingsOf(world.lake, night);
  const parameters = parametersOf(campaign, night);
  const { order } = await planModels(await parseOnly(), sheetTables, rawSheetTables);
  const pseudonyms = await pseudonymsFor(world, campaign.privacy.pseudonymise);
  const making = {
    inputs: hashesOf(tables, ['raw_sheet_files']),
    code: codeOf(order, [await methodVersion(new URL('./sheetTables.ts', import.meta.url))]),
    parameters: {
      ...parametersIn(
        order.map(model => model.sql),
        parameters,
      ),
      ...pseudonyms.parameters,
      has_rates: campaign.rates !== undefined,
    },
  };
  const plan = { stage: 'conversations' as const, step: 'sheets', making, outputs: sheetTables };
  return runStep(world, night, plan, async workshop => {
    const { session, scratch, attempt } = workshop;
    await fillParameters(session, parameters);
    await attachTables(world.lake, session, tables, ['raw_sheet_files']);
    const files = await session.rows<{ sheet: Sheet; name: string; file_sha256: string }>(
      'SELECT sheet, file AS name, file_sha256 FROM raw_sheet_files ORDER BY sheet, file',
    );
    const copies = files.map(file => ({ ...file, path: world.lake.locate(rawKey(file.file_sha256)) }));
    await fillSheets(session, copies, campaign, pseudonyms, { scratch, signal: attempt.signal });
    const stored = await computeModels(world, night, workshop, order, new Set(sheetTables), making);
    await refuseWhollyRefused(session);
    await refuseSharesAboveOne(session);
    return stored;
  });
}
