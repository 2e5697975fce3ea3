import { type Config, readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import { type Finding, lookAt, missing } from './doctor/finding.ts';
import { lookAtLake, lookAtPseudonymKey } from './doctor/lake.ts';
import { lookAtDuckDB, lookAtMemory, lookAtNode, lookAtPackages, lookAtThreads } from './doctor/machine.ts';
import { lookAtSources } from './doctor/sources.ts';
import { lookAtBinary, lookAtServer } from './doctor/temporal.ts';
import { print, type Terminal, tableText } from './terminal.ts';

const patience = 15_000;

/** `sillage doctor`: what is there, and what to do about what is not; the networks of campaign files too. Leaves nothing behind. */
export async function doctor(terminal: Terminal, files: readonly string[]): Promise<void> {
  const { config, faults } = environment();
  const looks: [string, () => Promise<Finding | Finding[]>][] = [
    ['Node', lookAtNode],
    ["Node's threads", lookAtThreads],
    ['packages', lookAtPackages],
  ];
  if (config !== undefined) {
    looks.push(
      ['memory', () => lookAtMemory(config)],
      ['DuckDB', () => lookAtDuckDB(config)],
      ['lake', () => lookAtLake(config)],
      ['pseudonym key', () => lookAtPseudonymKey(config)],
      ['Temporal executable', () => lookAtBinary(config)],
      ['Temporal server', () => lookAtServer(config)],
      ...files.map((file): [string, () => Promise<Finding[]>] => [file, () => lookAtSources(config, file)]),
    );
  }
  const found = await Promise.all(looks.map(([what, look]) => lookAt(what, patience, look)));
  const findings = [...faults, ...found.flat()];
  const isReady = findings.every(finding => finding.status !== 'missing');
  print(terminal, { ready: isReady, findings }, () => findingsText(findings, isReady));
  if (!isReady) process.exitCode = 1;
}

function environment(): { config?: Config; faults: Finding[] } {
  try {
    return { config: readConfig(), faults: [] };
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return { faults: [missing('environment', error.what, error.next ?? 'mend it')] };
  }
}

function findingsText(findings: readonly Finding[], isReady: boolean): string {
  const table = tableText(
    ['', 'what', 'found'],
    findings.map(finding => [finding.status, finding.what, finding.found]),
  );
  const steps = findings.filter(finding => finding.next !== null).map(({ what, next }) => `${what}: ${next}`);
  return [
    table,
    ...(steps.length > 0 ? [`to do\n${steps.map(step => `  ${step}`).join('\n')}`] : []),
    isReady ? 'ready' : 'not ready: see what is missing above',
  ].join('\n\n');
}
