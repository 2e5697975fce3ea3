import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Estimate, estimateNight, measureSpeed } from '../activities/estimate.ts';
import { examineCampaignFile } from '../activities/open.ts';
import { seedWarnings } from '../activities/seedWarnings.ts';
import type { Settings } from '../activities/settings.ts';
import { type SourceTrial, trySource } from '../activities/trial.ts';
import { type SheetTrial, trySheets } from '../activities/trySheets.ts';
import { type Config, readConfig } from '../config.ts';
import { campaignError, type Fault, pathText } from '../contracts/campaignFile.ts';
import { keysOfSheet } from '../contracts/sheets.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
import { freeBytes, nearestFolder } from './doctor/lake.ts';
import { onInterrupt } from './interrupt.ts';
import { checkLive, type LiveCheck, liveFaults, liveText, liveWarnings } from './liveChecks.ts';
import {
  bytesText,
  coloured,
  countText,
  print,
  type Terminal,
  tableText,
  timeText,
  visible,
} from './terminal.ts';

/** `sillage check`: every fault of a campaign file, a page of each source and every sheet tried, what a night will take and X will cost. */
export async function check(terminal: Terminal, file: string): Promise<void> {
  const signal = onInterrupt();
  const { tryable: settings, faults, lineOf } = await examineCampaignFile(file);
  if (settings === undefined) return tell(terminal, file, faults);
  const config = readConfig();
  const missing = new Set(faults.map(({ path }) => path));
  const isThere = (place: number) => !missing.has(pathText(['sources', place, 'path']));
  const { trials, live, sheets, estimate } = await tryNight(terminal, settings, config, signal, isThere);
  const unusable = trials.flatMap(trial => {
    const keys = ['sources', settings.campaign.sources.findIndex(({ id }) => id === trial.id), 'path'];
    const of = { path: pathText(keys), line: lineOf(keys) };
    return trial.tried.flatMap(({ fault }) => (fault === undefined ? [] : [{ ...of, message: fault }]));
  });
  for (const { id, message } of liveFaults(live)) {
    const keys = ['sources', settings.campaign.sources.findIndex(source => source.id === id)];
    unusable.push({ path: pathText(keys), line: lineOf(keys), message });
  }
  for (const { sheet, fault } of sheets) {
    const keys = keysOfSheet(sheet);
    if (fault !== undefined) unusable.push({ path: pathText(keys), line: lineOf(keys), message: fault });
  }
  const all = [...faults, ...unusable].sort((a, b) => a.line - b.line);
  if (all.length > 0) return tell(terminal, file, all);
  const warnings = [
    ...trials.flatMap(trial => warningsOf(trial, settings)),
    ...liveWarnings(live),
    ...sheets.flatMap(refusedOf),
    ...seedWarnings(settings.campaign),
    ...(await spaceWarnings(config, estimate)),
  ];
  const { campaign } = settings.campaign;
  print(terminal, { file, campaign, faults, sources: trials, live, sheets, warnings, estimate }, () =>
    [
      `${file}: no fault in the campaign file of ${campaign}`,
      ...(trials.length > 0 || live.length === 0 ? [trialsText(trials)] : []),
      ...(liveText(live) === '' ? [] : [liveText(live)]),
      ...(sheets.length > 0 ? [sheetsText(sheets)] : []),
      ...(warnings.length > 0 ? [warnings.map(warning => `warning: ${visible(warning)}`).join('\n')] : []),
      ...(trials.length > 0 || live.length === 0 ? [estimateText(estimate, live.length > 0)] : []),
    ].join('\n\n'),
  );
}

function tell(terminal: Terminal, file: string, faults: Fault[]): void {
  if (!terminal.json) throw campaignError(file, faults);
  print(terminal, { file, faults }, () => '');
  process.exitCode = 1;
}

async function tryNight(
  terminal: Terminal,
  settings: Settings,
  config: Config,
  signal: AbortSignal,
  isThere: (source: number) => boolean,
): Promise<{ trials: SourceTrial[]; live: LiveCheck[]; sheets: SheetTrial[]; estimate: Estimate }> {
  const engine = duckdbEngine(config.engine);
  const scratch = await mkdtemp(join(tmpdir(), 'sillage-check-'));
  try {
    const trials: SourceTrial[] = [];
    for (const [place, source] of settings.campaign.sources.entries()) {
      if (source.type !== 'files' || !isThere(place)) continue;
      terminal.log(coloured('dim', `trying ${source.id}: ${visible(source.path)}`));
      trials.push(await trySource(engine, settings, source, scratch, signal));
    }
    const live = await checkLive(terminal, settings, config, signal);
    const sheets = await trySheets(engine, settings, scratch, signal);
    const session = await engine.open(scratch);
    try {
      return { trials, live, sheets, estimate: estimateNight(trials, await measureSpeed(session)) };
    } finally {
      session.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What a night would publish all the same, and its owner should hear before. */
function warningsOf(trial: SourceTrial, { campaign }: Settings): string[] {
  const { max_unmapped } = campaign.gates;
  return trial.tried.flatMap(({ file, isWhole, rows, refused, refusals, unmapped, fields }) => {
    const of = `${trial.id}: ${file}`;
    if (rows === 0) return [`${of}: no message ${isWhole ? 'in it' : 'found in its first page'}`];
    const tried = `${countText(rows)} ${isWhole ? 'rows' : 'rows tried'}`;
    const warnings: string[] = [];
    if (refused > 0)
      warnings.push(`${of}: ${countText(refused)} of ${tried} ${firstRefusals(refused, refusals)}`);
    if (unmapped > 0) {
      const names = fields.map(field => field.field).join(', ');
      const isOver = max_unmapped !== undefined && unmapped > max_unmapped * rows;
      const gate = isOver ? `; with gates.max_unmapped ${max_unmapped} the night would not be published` : '';
      warnings.push(
        `${of}: ${countText(unmapped)} of ${tried} carry fields that the parser does not know: ${names}${gate}`,
      );
    }
    return warnings;
  });
}

function refusedOf({ sheet, file, rows, refused, refusals }: SheetTrial): string[] {
  if (refused === 0) return [];
  return [
    `${sheet}: ${file}: ${countText(refused)} of ${countText(rows)} rows ${firstRefusals(refused, refusals)}`,
  ];
}

function firstRefusals(refused: number, refusals: SheetTrial['refusals']): string {
  const first = refusals.map(({ line, reason }) => `line ${line}: ${reason}`).join('; ');
  return `would be refused: ${first}${refused > refusals.length ? '; …' : ''}`;
}

async function spaceWarnings({ lake }: Config, { disk }: Estimate): Promise<string[]> {
  const free = await freeBytes(nearestFolder(lake));
  const wanted = disk.raw + disk.tables;
  return free < wanted ? [`the disk of the lake ${lake} has ${bytesText(free)} free`] : [];
}

function trialsText(trials: readonly SourceTrial[]): string {
  const sum = (trial: SourceTrial, value: (tried: SourceTrial['tried'][number]) => number) =>
    trial.tried.reduce((total, tried) => total + value(tried), 0);
  return tableText(
    ['source', 'format', 'files', 'size', 'about rows', 'rows tried', 'refused', 'unknown fields'],
    trials.map(trial => [
      trial.id,
      trial.format,
      trial.files,
      bytesText(trial.bytes),
      trial.rows,
      sum(trial, tried => tried.rows),
      sum(trial, tried => tried.refused),
      sum(trial, tried => tried.unmapped),
    ]),
  );
}

function sheetsText(sheets: readonly SheetTrial[]): string {
  return tableText(
    ['sheet', 'file', 'rows', 'duplicates', 'refused'],
    sheets.map(({ sheet, file, rows, duplicates, refused }) => [sheet, file, rows, duplicates, refused]),
  );
}

function estimateText({ rows, disk, seconds }: Estimate, isPartly: boolean): string {
  const { raw, tables, published } = disk;
  return [
    `about ${countText(rows)} rows, about ${timeText(seconds)} for the first night on this machine${isPartly ? ', without what is collected' : ''}`,
    `about ${bytesText(raw + tables)} of disk: ${bytesText(raw)} of raw files, ${bytesText(tables)} of tables, ${bytesText(published)} of them published`,
  ].join('\n');
}
