import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter that writes the count to the file named by TEST_TALLY, for the closing line of `npm test`.
 *
 * @typedef {{ name: string, why: string }} Skipped
 * @typedef {{ passed: number, failed: number, skipped: Skipped[] }} Tally
 */
export default class TallyReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors thrown outside any test; each counts as a failure
   */
  onTestRunEnd(modules, errors) {
    /** @type {Tally} */
    const tally = { passed: 0, failed: errors.length, skipped: [] };
    for (const module of modules) {
      // A file or a suite that broke outside its tests (in an import, in beforeAll) would not show up in any test.
      tally.failed += module.errors().length;
      for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') tally.passed += 1;
        else if (state === 'failed') tally.failed += 1;
        else
          tally.skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, why: reasonOf(test) });
      }
    }
    writeFileSync(process.env.TEST_TALLY ?? 'tally.json', JSON.stringify(tally));
  }
}

/** @param {import('vitest/node').TestCase} test */
function reasonOf(test) {
  const result = test.result();
  if (result.state === 'skipped' && result.note) return result.note;
  return result.state === 'pending' ? 'did not run' : 'no reason given';
}
