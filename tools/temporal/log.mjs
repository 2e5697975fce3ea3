import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';

/** The log and the one before it: together never much more than twice this many bytes. */
const limit = 4 << 20;

/**
 * @param {string} file
 * @returns {(text: string) => void} appends; a full file becomes `<file>.1`
 */
export function boundedLog(file) {
  let size = sizeOf(file);
  return text => {
    try {
      if (size > limit) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, text);
      size += Buffer.byteLength(text);
    } catch {
      // A full disk or a deleted folder must not stop the server.
    }
  };
}

/** @param {string} file */
function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/**
 * The last lines of a log, for an error message.
 * @param {string} file
 * @param {number} count
 */
export function lastLines(file, count) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
  } catch {
    return [];
  }
}
